import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findDataFolder, standardDataFolder } from '../../../src/main/dataFolder'
import { createFileLog } from '../../../src/main/log'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

describe('the log file', () => {
  it('takes one JSON object a line, with an error’s stack, at once', async () => {
    const folder = await temporaryFolder()
    createFileLog(folder).error({ error: new Error('astray'), method: 'a.b' }, 'a call failed')
    const text = await readFile(join(folder, 'logs', 'longhand.log'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      msg: 'a call failed',
      method: 'a.b',
      error: { message: 'astray', stack: expect.stringContaining('log.test.ts') as string },
    })
    expect(text).not.toContain('hostname')
  })

  it('is begun anew when it has grown large, and the old one kept', async () => {
    const folder = await temporaryFolder()
    const logs = join(folder, 'logs')
    await mkdir(logs)
    await writeFile(join(logs, 'longhand.log'), 'x'.repeat(5 * 1024 * 1024))
    createFileLog(folder).info({}, 'started')
    expect((await readdir(logs)).sort()).toEqual(['longhand.1.log', 'longhand.log'])
    expect(await readFile(join(logs, 'longhand.log'), 'utf8')).toContain('started')
  })

  it('is begun anew while the app runs, too, and never holds more than two files', async () => {
    const folder = await temporaryFolder()
    const log = createFileLog(folder)
    const logs = join(folder, 'logs')
    for (let line = 0; line < 150; line++) log.info({ line, padding: 'x'.repeat(64 * 1024) }, 'one of many')
    expect((await readdir(logs)).sort()).toEqual(['longhand.1.log', 'longhand.log'])
    const sizes = await Promise.all(['longhand.log', 'longhand.1.log'].map((name) => stat(join(logs, name))))
    for (const { size } of sizes) expect(size).toBeLessThan(4.5 * 1024 * 1024)
    const lines = (await readFile(join(logs, 'longhand.log'), 'utf8')).trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ line: 149 })
  })

  it('that cannot be written does not keep the app from starting', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'logs'), 'a file where the folder should be')
    expect(() => {
      createFileLog(folder, 'silent').info({}, 'started')
    }).not.toThrow()
  })
})

describe('the data folder', () => {
  it('is where each platform keeps such things, unless the user says otherwise', () => {
    expect(standardDataFolder('linux', {})).toBe(join(homedir(), '.local', 'share', 'longhand'))
    expect(standardDataFolder('linux', { XDG_DATA_HOME: '/xdg' })).toBe(join('/xdg', 'longhand'))
    expect(standardDataFolder('darwin', {})).toBe(
      join(homedir(), 'Library', 'Application Support', 'Longhand'),
    )
    expect(standardDataFolder('win32', { LOCALAPPDATA: '/local' })).toBe(join('/local', 'Longhand'))
    expect(findDataFolder({ LONGHAND_DATA_FOLDER: 'mine' })).toBe(resolve('mine'))
  })
})
