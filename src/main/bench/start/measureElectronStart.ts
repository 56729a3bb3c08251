import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { medianOf, type Round } from '../takeTurns'

interface ElectronStart {
  /** From the start of the process to the end of `--check`, which draws the window and reads one digit. */
  readonly readMs: number
  /** The same of a program that shows an empty window and ends. */
  readonly emptyMs: number
  readonly ratio: number
}

const emptyApp = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 })
  window.once('ready-to-show', () => app.quit())
  window.loadURL('data:text/html,<title>empty</title>')
})
`

/** In turns with an empty window, since that is what Electron itself takes. @returns null where Electron's program is not here */
export async function measureElectronStart(root: string, rounds: number): Promise<ElectronStart | null> {
  const folder = join(root, 'node_modules', 'electron')
  // Electron's package notes there what it unpacked.
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => null)
  if (name === null) return null
  const electron = join(folder, 'dist', name)
  const scratch = await mkdtemp(join(tmpdir(), 'longhand-start-'))
  try {
    await writeFile(join(scratch, 'package.json'), '{"main":"main.js"}')
    await writeFile(join(scratch, 'main.js'), emptyApp)
    const results: Round[] = []
    for (let round = 0; round <= rounds; round++) {
      const emptyMs = await run(electron, [scratch], {})
      const readMs = await run(electron, [root, '--check'], {
        LONGHAND_DATA_FOLDER: join(scratch, `data${round}`),
      })
      if (round > 0) results.push({ emptyMs, readMs })
    }
    return {
      readMs: medianOf(results, ({ readMs = NaN }) => readMs),
      emptyMs: medianOf(results, ({ emptyMs = NaN }) => emptyMs),
      ratio: medianOf(results, ({ readMs = NaN, emptyMs = NaN }) => readMs / emptyMs),
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<number> {
  const begun = performance.now()
  const child = spawn(program, [...args], { env: { ...process.env, ...environment }, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}`)
  return performance.now() - begun
}
