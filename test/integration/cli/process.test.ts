import { spawn, type ChildProcess } from 'node:child_process'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { builtFolder } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/** The built command line as a process that a test sends signals to. */
async function start(
  args: readonly string[],
  options: { cwd?: string; variables?: Record<string, string> } = {},
): Promise<ChildProcess> {
  const dataFolder = await temporaryFolder()
  const child = spawn(process.execPath, [join(builtFolder, 'longhand.js'), ...args], {
    cwd: options.cwd ?? dataFolder,
    env: { ...process.env, LANG: 'C', LONGHAND_DATA_FOLDER: dataFolder, ...options.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve))
}

function piped(stream: Readable | null): Readable {
  if (!stream) throw new Error('the stream is not piped')
  return stream
}

/** Reads a stream to its end, and tells of the first line in which something occurs. */
function readLines(stream: Readable | null): {
  lines: string[]
  readonly saw: (part: string) => Promise<void>
} {
  const lines: string[] = []
  const waiting: { part: string; resolve: () => void }[] = []
  createInterface({ input: piped(stream) }).on('line', (line) => {
    lines.push(line)
    for (const { part, resolve } of waiting) if (line.includes(part)) resolve()
  })
  return { lines, saw: (part) => new Promise((resolve) => waiting.push({ part, resolve })) }
}

const endlessTraining = (out: string): string[] => [
  ...['train', '--spec', 'lenet', '--data', 'mnist:test', '--out', out],
  ...['--epochs', '1000', '--json'],
]

describe('the command line as a process', () => {
  it('stops a training cleanly by one Ctrl-C, keeps the best epoch so far, and says how to go on', async () => {
    const out = join(await temporaryFolder(), 'model')
    const child = await start(endlessTraining(out))
    const exit = exitOf(child)
    const output = readLines(child.stdout)
    const errors = readLines(child.stderr)
    await output.saw('"event":"epoch"')
    child.kill('SIGINT')
    expect(await exit).toBe(1)
    const done = JSON.parse(output.lines.at(-1) ?? '') as unknown
    expect(done).toMatchObject({ event: 'done', reason: 'cancelled', path: out })
    expect(errors.lines.slice(-2)).toEqual([
      `Stopped. The best epoch so far is kept in ${out}`,
      `Go on with: longhand train --resume ${out}`,
    ])
    await access(join(out, 'model.onnx'))
  })

  it('ends without a word when nobody reads its output any more', async () => {
    const child = await start(endlessTraining(join(await temporaryFolder(), 'model')))
    const exit = exitOf(child)
    const errors = text(piped(child.stderr))
    child.stdout?.once('data', () => child.stdout?.destroy())
    expect(await exit).toBe(0)
    expect(await errors).toBe('')
  })

  it('takes paths from the folder that npm run was typed in', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'here.png'), 'text')
    const args = ['recognize', 'here.png']
    const variables = { INIT_CWD: folder, npm_lifecycle_event: 'longhand' }
    const found = await start(args, { variables })
    expect(await text(piped(found.stderr))).toContain('not a picture')
    const missing = await start(args, { variables: { ...variables, npm_lifecycle_event: 'test' } })
    expect(await text(piped(missing.stderr))).toContain('here.png')
  })

  it('serves the built page, and ends by Ctrl-C', async () => {
    const child = await start(['serve'])
    const exit = exitOf(child)
    const output = readLines(child.stdout)
    await output.saw('http://127.0.0.1:')
    const page = await fetch(new URL('/', output.lines[0] ?? ''))
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<div id="app">')
    child.kill('SIGINT')
    expect(await exit).toBe(0)
    expect(output.lines).toHaveLength(1)
  })
})
