import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../../shared/contract/client'
import { pageMemory, processMemory } from './processMemory'
import { connectTo, startProgram } from './serveProgram'
import { warmUp, writeOn, writeOnPage, type Writing } from './simulatedWriter'
import { openBrowser, openWriteScreen, pageProcesses } from './writingOnPage'

/** What each process took after the warm-up, in MB: the median of the first tenth of the time, that of the last, and the most. */
export interface MemoryUse {
  readonly process: string
  readonly firstMegabytes: number
  readonly lastMegabytes: number
  readonly mostMegabytes: number
}

export interface SoakReport {
  readonly minutes: number
  readonly writing: Omit<Writing, 'lastAnswerMs'>
  readonly lastAnswer: { readonly p50Ms: number; readonly p99Ms: number }
  /** Strokes that were written and are not in the samples that were kept. */
  readonly droppedStrokes: number
  readonly trainings: number
  /** Characters written on the page's own pad meanwhile; null where there was no browser. */
  readonly onPage: number | null
  readonly memory: readonly MemoryUse[]
}

/** As many as an evening's, after which no process was seen to grow: the store's heap came to rest after some 1,100. */
const WARM_UP_CHARACTERS = 1200
const IDS_AT_ONCE = 1000
const SAMPLE_EVERY_MS = 1000
const BETWEEN_TRAININGS_MS = 15_000

/**
 * Writes on for so long after a warm-up, with trainings in between, against the built program, its store and its engine processes,
 * and on the page in a Chromium where one is given.
 */
export async function measureSoak(
  programFolder: string,
  minutes: number,
  chromium: string | null,
  tell: (text: string) => void,
): Promise<SoakReport> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'longhand-soak-'))
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ introduced: true }))
  const program = await startProgram(programFolder, dataFolder)
  const browser = chromium === null ? null : await openBrowser(chromium)
  try {
    const page = browser && (await openWriteScreen(browser, program.url))
    const session = page
      ? await page.evaluate<string>(`sessionStorage.getItem('longhand.session')`)
      : newSession()
    const { client, close } = await connectTo(program.url, session)
    const dataset = (await client.datasets.create({ name: 'soak' })).id
    tell(`warming up: ${WARM_UP_CHARACTERS} characters`)
    await warmUp(client, (await client.datasets.create({ name: 'warm-up' })).id, WARM_UP_CHARACTERS)
    await train(client, new AbortController().signal)

    const ended = AbortSignal.timeout(minutes * 60_000)
    const writing: Writing = { characters: 0, strokes: 0, points: 0, readings: 0, lastAnswerMs: [] }
    const samples: Record<string, number>[] = []
    const [trainings, onPage] = await Promise.all([
      trainOn(client, ended),
      page && writeOnPage(page, ended),
      writeOn(client, dataset, writing, ended),
      watchMemory(program.pid, browser ? await pageProcesses(browser) : [], samples, ended, () =>
        tell(`${samples.length} s, ${writing.characters} characters, ${describe(samples.at(-1) ?? {})}`),
      ),
    ])
    const { lastAnswerMs, ...counts } = writing
    const droppedStrokes = writing.strokes - (await keptStrokes(client, dataset))
    const taken = page && ((await page.getByTestId('transcript').textContent()) ?? '').trim().length
    if (taken !== onPage) tell(`${onPage} characters were written on the page, and it holds ${taken}`)
    close()
    return {
      minutes,
      writing: counts,
      lastAnswer: { p50Ms: quantile(lastAnswerMs, 0.5), p99Ms: quantile(lastAnswerMs, 0.99) },
      droppedStrokes,
      trainings,
      onPage,
      memory: ['main', 'recognize', 'store', 'train', ...(page ? ['page'] : [])].map((process) =>
        useOf(process, samples),
      ),
    }
  } finally {
    await browser?.close()
    await program.end()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const newSession = (): string => randomBytes(32).toString('base64url')

/** @returns how many came to their end */
async function trainOn(client: Client, signal: AbortSignal): Promise<number> {
  for (let trainings = 0; ; trainings++) {
    await delay(BETWEEN_TRAININGS_MS, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return trainings
    await train(client, signal)
  }
}

async function train(client: Client, signal: AbortSignal): Promise<void> {
  const { job } = await client.training.start({
    ...{ spec: 'lenet', data: 'mnist:test', name: 'soak', provider: 'cpu', engine: 'onnx' },
    recipe: { epochs: 1 },
  })
  const cancel = (): void => void client.training.cancel({ job })
  signal.addEventListener('abort', cancel)
  for await (const event of await client.training.watch({ job })) if (event.event === 'done') break
  signal.removeEventListener('abort', cancel)
}

async function watchMemory(
  pid: number,
  pagePids: readonly number[],
  samples: Record<string, number>[],
  signal: AbortSignal,
  onMinute: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const page = pagePids.length === 0 ? {} : { page: await pageMemory(pagePids) }
    samples.push({ ...(await processMemory(pid)), ...page })
    if (samples.length % 60 === 0) onMinute()
    await delay(SAMPLE_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function keptStrokes(client: Client, dataset: number): Promise<number> {
  const filter = { dataset }
  const { total } = await client.samples.facets({ filter })
  let strokes = 0
  for (let offset = 0; offset < total; offset += IDS_AT_ONCE) {
    const { ids } = await client.samples.ids({ query: { filter }, offset, count: IDS_AT_ONCE })
    for (const id of ids) strokes += (await client.samples.get({ id })).ink?.length ?? 0
  }
  return strokes
}

function useOf(process: string, samples: readonly Record<string, number>[]): MemoryUse {
  const length = Math.max(1, Math.floor(samples.length / 10))
  const taken = (part: readonly Record<string, number>[]): number[] =>
    part.flatMap((sample) => sample[process] ?? [])
  return {
    process,
    firstMegabytes: Math.round(quantile(taken(samples.slice(0, length)), 0.5)),
    lastMegabytes: Math.round(quantile(taken(samples.slice(-length)), 0.5)),
    mostMegabytes: Math.round(quantile(taken(samples), 1)),
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

function describe(megabytes: Record<string, number>): string {
  return Object.entries(megabytes)
    .map(([process, size]) => `${process} ${Math.round(size)} MB`)
    .join(', ')
}
