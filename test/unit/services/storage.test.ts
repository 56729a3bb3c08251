import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, readFile, readlink, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { findDataFolder } from '../../../src/main/dataFolder'
import { createServices } from '../../../src/main/services/createServices'
import { createInProcessClient } from '../../../src/main/services/inProcessClient'
import type { Restart } from '../../../src/main/services/storage/storageService'
import { failureOf } from '../../fixtures/connectServices'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

// The standard folder is named by a variable on Linux alone.
const onLinux = it.skipIf(process.platform !== 'linux')
const large = new Uint8Array(40 * 1024 * 1024).fill(7)

let folder: string
let standard: string

/** The services on the data folder in use, without an engine: what is tested here is files. */
function open() {
  const restarts: Restart[] = []
  const services = createServices({
    dataFolder: findDataFolder(),
    resourcesFolder: 'resources',
    spawnEngine: () => {
      throw new Error('the engine was started')
    },
    log: recordingLog(),
    longhandVersion: '0.0.0-test',
    electronVersion: null,
  })
  services.onRestart((restart) => restarts.push(restart))
  onTestFinished(() => services.close())
  return { client: createInProcessClient(services.router), restarts }
}

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()
}

beforeEach(async () => {
  folder = await temporaryFolder()
  standard = join(folder, 'share', 'longhand')
  vi.stubEnv('XDG_DATA_HOME', join(folder, 'share'))
  vi.stubEnv('LONGHAND_DATA_FOLDER', '')
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const name of ['models/mine', 'browser', 'logs', 'api'])
    await mkdir(join(standard, name), { recursive: true })
  await writeFile(join(standard, 'samples.db'), large)
  await writeFile(join(standard, 'models/mine/card.json'), '{"a":1}')
  await symlink('card.json', join(standard, 'models/mine/latest'))
  await writeFile(join(standard, 'browser/cache'), 'the window’s own')
  await writeFile(join(standard, 'api/digest.json'), '{"name":"a program"}')
  await writeFile(join(standard, 'running'), '1')
})

const events = async (stream: Promise<AsyncIterable<unknown>>) => {
  const seen: unknown[] = []
  for await (const event of await stream) seen.push(event)
  return seen
}

describe('moving the data folder', () => {
  onLinux('copies what counts, uses the copy, and keeps the old one until it is let go of', async () => {
    const first = open()
    await first.client.settings.update({ theme: 'dark' })
    const target = join(folder, 'new', 'place')
    const told = await events(first.client.storage.move({ folder: target }))
    expect(told.at(-1)).toEqual({ event: 'done', folder: target })
    expect(first.restarts).toEqual([{ dataFolder: target, isWiped: false }])
    expect(await filesIn(target)).toEqual([
      'api/digest.json',
      'models/mine/card.json',
      'models/mine/latest',
      'samples.db',
      'settings.json',
    ])
    expect((await readFile(join(target, 'samples.db'))).equals(large)).toBe(true)
    expect(await readlink(join(target, 'models/mine/latest'))).toBe('card.json')
    expect((await lstat(join(standard, 'samples.db'))).size).toBe(large.length)

    expect(findDataFolder()).toBe(target)
    const second = open()
    expect((await second.client.settings.get()).theme).toBe('dark')
    const report = await second.client.storage.survey()
    expect(report).toMatchObject({ folder: target, chosenBy: 'user', earlier: { folder: standard } })
    expect(report.parts.map(({ part }) => part)).toEqual(['samples', 'models', 'settings', 'programs'])
    expect((await second.client.storage.removeEarlier()).freedBytes).toBeGreaterThan(large.length)
    expect(await filesIn(standard)).toEqual(['location.json'])
    expect((await second.client.storage.survey()).earlier).toBeNull()

    await events(second.client.storage.move({ folder: standard }))
    expect(findDataFolder()).toBe(standard)
    await open().client.storage.removeEarlier()
    expect(existsSync(target)).toBe(false)
    expect(existsSync(join(standard, 'location.json'))).toBe(false)
  })

  onLinux('leaves nothing behind where it is cancelled, and lets nothing be written meanwhile', async () => {
    const { client, restarts } = open()
    const target = join(folder, 'new')
    const stop = new AbortController()
    const seen: string[] = []
    const call = async () => {
      for await (const { event } of await client.storage.move({ folder: target }, { signal: stop.signal })) {
        seen.push(event)
        if (event === 'progress') stop.abort()
        if (event === 'waiting')
          expect((await failureOf(client.settings.update({ theme: 'dark' }))).code).toBe('data-folder-busy')
      }
    }
    expect((await failureOf(call())).code).toBe('cancelled')
    expect(seen).toContain('progress')
    expect(seen).not.toContain('done')
    // Whoever leaves does not wait for what is cleared up.
    await expect.poll(() => filesIn(target)).toEqual([])
    await vi.waitFor(() => client.settings.update({ theme: 'dark' }))
    expect(findDataFolder()).toBe(standard)
    expect(restarts).toEqual([])
  })

  onLinux('refuses places that it cannot go to, and changes nothing', async () => {
    const { client } = open()
    const codeFor = async (to: string) => (await failureOf(events(client.storage.move({ folder: to })))).code
    await mkdir(join(folder, 'full'))
    await writeFile(join(folder, 'full', 'notes.txt'), 'mine')
    const before = await filesIn(folder)
    expect(await codeFor('some/where')).toBe('path-relative')
    expect(await codeFor(join(folder, 'full'))).toBe('folder-not-empty')
    expect(await codeFor(join(standard, 'inside'))).toBe('folder-nested')
    vi.stubEnv('LONGHAND_DATA_FOLDER', standard)
    expect(await codeFor(join(folder, 'new'))).toBe('data-folder-fixed')
    expect((await client.storage.survey()).chosenBy).toBe('environment')
    expect(await filesIn(folder)).toEqual(before)
  })

  onLinux('says where the folder should be when its disk is not there', async () => {
    const { client } = open()
    const target = join(folder, 'disk', 'place')
    await events(client.storage.move({ folder: target }))
    vi.stubEnv('XDG_DATA_HOME', join(folder, 'share'))
    await rename(join(folder, 'disk'), join(folder, 'gone'))
    expect(() => findDataFolder()).toThrow(
      expect.objectContaining({ code: 'data-folder-missing', data: { folder: target } }),
    )
  })
})

describe('wiping everything', () => {
  onLinux('leaves what the shell itself holds open, and nothing else', async () => {
    const ann = { name: 'Ann', samples: 3, created: '2026-01-02T03:04:05.000Z', mean: [0.6, 0.8] }
    const hands = { format: 1, hands: [{ ...ann, model: { name: 'hand', created: ann.created } }] }
    await writeFile(join(standard, 'hands.json'), JSON.stringify(hands))
    const { client, restarts } = open()
    expect((await client.hand.list()).map(({ name }) => name)).toEqual(['Ann'])
    await client.storage.wipe()
    expect(await filesIn(standard)).toEqual(['browser/cache', 'running'])
    expect(restarts).toEqual([{ dataFolder: standard, isWiped: true }])
    expect((await failureOf(client.settings.update({ theme: 'dark' }))).code).toBe('data-folder-busy')
  })
})
