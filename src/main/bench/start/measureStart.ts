import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Ink } from '../../../shared/ink/ink'
import { startProgram } from '../soak/serveProgram'
import { openBrowser, openWriteScreen, writeOnPad } from '../soak/writingOnPage'

/** Of one start, in ms since the process was started. */
export interface Start {
  /** The link is there: it can be opened. */
  readonly servedMs: number
  /** The Write screen stands in the window. */
  readonly drawnMs: number
  /** The first character, written as soon as that was possible, is read. */
  readonly readMs: number
  /** What the main process had of the processors by then, in ms; other work on the machine takes nothing from it. */
  readonly mainProcessorMs: number
}

/** A 1, so that hardly any time goes into writing it. */
const one: Ink = [
  [
    [0, 0],
    [0, 30],
    [0, 60],
  ],
]

/** Starts `longhand serve` and opens it in a browser that is open already, as a user has it, so many times. */
export async function measureStart(
  programFolder: string,
  chromium: string,
  rounds: number,
): Promise<Start[]> {
  const browser = await openBrowser(chromium)
  try {
    const starts: Start[] = []
    // The first fills the caches of the disk, and is left out.
    for (let round = 0; round <= rounds; round++) starts.push(await startOnce(programFolder, browser))
    return starts.slice(1)
  } finally {
    await browser.close()
  }
}

async function startOnce(programFolder: string, browser: Browser): Promise<Start> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'longhand-start-'))
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ introduced: true }))
  const begun = performance.now()
  const since = (): number => performance.now() - begun
  const program = await startProgram(programFolder, dataFolder)
  try {
    const servedMs = since()
    const page = await openWriteScreen(browser, program.url)
    const drawnMs = since()
    await writeOnPad(page, one)
    const readMs = since()
    await page.close()
    return { servedMs, drawnMs, readMs, mainProcessorMs: await processorMs(program.pid) }
  } finally {
    await program.end()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** Linux counts in hundredths of a second, after the name in brackets. */
async function processorMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return 10 * (Number(fields[11]) + Number(fields[12]))
}
