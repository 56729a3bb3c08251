import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../../shared/contract/client'
import { processMemory } from './processMemory'
import { serveProgram } from './serveProgram'
import { writeOn, type Writing } from './simulatedWriter'

/** What each process took, in MB: the median of the first tenth after the warm-up, that of the last tenth, and the most. */
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
  readonly memory: readonly MemoryUse[]
}

/** The share of the time after which memory is compared: caches, pools and the compiler have what they want by then. */
const WARM_UP_SHARE = 0.2
const SAMPLE_EVERY_MS = 1000
const BETWEEN_TRAININGS_MS = 15_000

/** Writes on for so long, with trainings in between, against the built program, its store and its engine processes. */
export async function measureSoak(
  programFolder: string,
  minutes: number,
  tell: (text: string) => void,
): Promise<SoakReport> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'longhand-soak-'))
  const program = await serveProgram(programFolder, dataFolder)
  try {
    const ended = AbortSignal.timeout(minutes * 60_000)
    const writing: Writing = { characters: 0, strokes: 0, points: 0, readings: 0, lastAnswerMs: [] }
    const samples: Record<string, number>[] = []
    const [trainings] = await Promise.all([
      trainOn(program.client, ended),
      writeOn(program.client, writing, ended),
      watchMemory(program.pid, samples, ended, () =>
        tell(`${samples.length} s, ${writing.characters} characters, ${describe(samples.at(-1) ?? {})}`),
      ),
    ])
    const { lastAnswerMs, ...counts } = writing
    return {
      minutes,
      writing: counts,
      lastAnswer: { p50Ms: quantile(lastAnswerMs, 0.5), p99Ms: quantile(lastAnswerMs, 0.99) },
      droppedStrokes: writing.strokes - (await keptStrokes(program.client)),
      trainings,
      memory: ['main', 'recognize', 'store', 'train'].map((process) => useOf(process, samples)),
    }
  } finally {
    await program.end()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** @returns how many came to their end */
async function trainOn(client: Client, signal: AbortSignal): Promise<number> {
  for (let trainings = 0; ; trainings++) {
    await delay(BETWEEN_TRAININGS_MS, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return trainings
    const { job } = await client.training.start({
      ...{ spec: 'lenet', data: 'mnist:test', name: 'soak', provider: 'cpu', engine: 'onnx' },
      recipe: { epochs: 1 },
    })
    const cancel = (): void => void client.training.cancel({ job })
    signal.addEventListener('abort', cancel)
    for await (const event of await client.training.watch({ job })) if (event.event === 'done') break
    signal.removeEventListener('abort', cancel)
  }
}

async function watchMemory(
  pid: number,
  samples: Record<string, number>[],
  signal: AbortSignal,
  onMinute: () => void,
): Promise<void> {
  while (!signal.aborted) {
    samples.push(await processMemory(pid))
    if (samples.length % 60 === 0) onMinute()
    await delay(SAMPLE_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function keptStrokes(client: Client): Promise<number> {
  const { total } = await client.samples.facets({ filter: {} })
  const { ids } = await client.samples.ids({ query: { filter: {} }, offset: 0, count: Math.max(1, total) })
  let strokes = 0
  for (const id of ids) strokes += (await client.samples.get({ id })).ink?.length ?? 0
  return strokes
}

function useOf(process: string, samples: readonly Record<string, number>[]): MemoryUse {
  const length = Math.max(1, Math.floor(samples.length / 10))
  const from = Math.floor(samples.length * WARM_UP_SHARE)
  const taken = (part: readonly Record<string, number>[]): number[] =>
    part.flatMap((sample) => sample[process] ?? [])
  return {
    process,
    firstMegabytes: Math.round(quantile(taken(samples.slice(from, from + length)), 0.5)),
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
