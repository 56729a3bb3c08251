import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { builtFolder } from '../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../fixtures/temporaryFolder'

/** The real server, `longhand serve`, with a data folder of its own, until the test ends. */
export async function serveLonghand(): Promise<{ url: string; dataFolder: string }> {
  const dataFolder = await temporaryFolder()
  const server = spawn(process.execPath, [join(builtFolder, 'longhand.js'), 'serve', '--no-open'], {
    env: { ...process.env, LONGHAND_DATA_FOLDER: dataFolder },
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
