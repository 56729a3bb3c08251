import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SettingsFile } from '../../../src/main/store/settingsFile'
import { defaultSettings } from '../../../src/shared/contract/settings'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

async function settings(content?: string) {
  const folder = await temporaryFolder()
  const file = join(folder, 'settings.json')
  if (content !== undefined) await writeFile(file, content)
  const log = recordingLog()
  return { settings: new SettingsFile(file, log), folder, file, log }
}

describe('the settings', () => {
  it('are the defaults where there are none yet, and reading them makes no file', async () => {
    const { settings: file, folder } = await settings()
    expect(await file.read()).toEqual(defaultSettings)
    expect(await readdir(folder)).toEqual([])
  })

  it('keep what an update does not name, over a restart', async () => {
    const { settings: file, file: path, folder, log } = await settings()
    await file.update({ theme: 'dark', penWidth: undefined })
    expect(await file.update({ penWidth: 20 })).toEqual({ ...defaultSettings, theme: 'dark', penWidth: 20 })
    expect(await new SettingsFile(path, log).read()).toEqual({
      ...defaultSettings,
      theme: 'dark',
      penWidth: 20,
    })
    expect(await readdir(folder)).toEqual(['settings.json'])
  })

  it('lose nothing of updates that come at once', async () => {
    const { settings: file } = await settings()
    await Promise.all([
      file.update({ theme: 'dark' }),
      file.update({ penWidth: 20 }),
      file.update({ language: 'en' }),
    ])
    expect(await file.read()).toEqual({ ...defaultSettings, theme: 'dark', penWidth: 20, language: 'en' })
  })

  it('of an older version get the defaults of what came later', async () => {
    const { settings: file, log } = await settings('{"theme":"light"}')
    expect(await file.read()).toEqual({ ...defaultSettings, theme: 'light' })
    expect(log.lines).toEqual([])
  })

  it.each(['{"theme":"li', '{"theme":"purple"}', 'null', ''])(
    'that are broken (%s) are set aside',
    async (content) => {
      const { settings: file, folder, log } = await settings(content)
      expect(await file.read()).toEqual(defaultSettings)
      expect(await readdir(folder)).toEqual(['settings.json.broken'])
      expect(await readFile(join(folder, 'settings.json.broken'), 'utf8')).toBe(content)
      expect(log.lines.map((line) => line.level)).toEqual(['warn'])
    },
  )
})
