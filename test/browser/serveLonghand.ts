import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { Settings } from '../../src/shared/contract/settings'
import { builtFolder } from '../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../fixtures/temporaryFolder'

export interface ServeOptions {
  /** Settings of a user who was here before; without them it is the first run. */
  settings?: Partial<Settings>
  /** By LONGHAND_DATA_FOLDER, as somebody would who does not want it to be moved; else in the standard place. */
  namesFolder?: boolean
}

/** The real server, `longhand serve`, with a data folder of its own, until the test ends. */
export async function serveLonghand({
  settings = { introduced: true },
  namesFolder = true,
}: ServeOptions = {}): Promise<{ url: string; dataFolder: string }> {
  const folder = await temporaryFolder()
  const dataFolder = join(folder, 'longhand')
  await mkdir(dataFolder)
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(settings))
  const server = spawn(process.execPath, [join(builtFolder, 'longhand.js'), 'serve', '--no-open'], {
    env: { ...process.env, XDG_DATA_HOME: folder, LONGHAND_DATA_FOLDER: namesFolder ? dataFolder : '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => stop(server))
  return { url: await firstLine(server), dataFolder }
}

async function firstLine(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error('the server has no standard output')
  const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string]
  return line.trim()
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  await exited
}
