import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRequestSchema } from '../../../shared/contract/sampleImport'
import { Random } from '../../../shared/random'
import { sampleQuerySchema, type SampleQuery } from '../../../shared/samples/sampleQuery'
import { EngineClient } from '../../engineProcess/host/engineClient'
import type { EngineInstance, SpawnEngine } from '../../engineProcess/host/engineProcessHandle'
import { storeFileIn } from '../../store/storeFile'
import { fillStore } from './fillStore'
import { measureScrolling, type ScrollingReport } from './measureScrolling'

export interface SamplesReport {
  readonly imported: { readonly samples: number; readonly seconds: number }
  readonly pages: readonly PageTimes[]
  /** In the largest of the stores; null without a Chromium. */
  readonly scrolling: ScrollingReport | null
}

interface PageTimes {
  readonly samples: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly firstMs: number
  readonly megabytes: number
}

/** A large window full of thumbnails. */
const pageLength = 200
const pagesOfQuery = 200

/** Queries as a grid asks them: the whole, in several orders, and by filters. */
const queries: readonly SampleQuery[] = [
  { filter: { dataset: 2 } },
  { filter: {} },
  { filter: { dataset: 2, labels: ['3', '8'] } },
  { filter: { dataset: 2, splits: ['test'] } },
  { filter: { dataset: 2, writers: ['writer 7'] } },
  { filter: { dataset: 2, labels: ['3'], right: false } },
  { filter: { dataset: 2 }, sort: { by: 'label' } },
  { filter: { dataset: 2 }, sort: { by: 'time', descending: true } },
  { filter: { dataset: 2 }, sort: { by: 'loss', descending: true } },
].map((query) => sampleQuerySchema.parse(query))

/**
 * Measures what a user waits for, with the processes around it: an import of MNIST, and pages from all over stores of several
 * sizes, the first page of each query among them.
 */
export async function measureSamples(
  spawn: SpawnEngine,
  sizes: readonly number[],
  browser: { readonly programFolder: string; readonly chromium: string } | null,
  tell: (text: string) => void,
): Promise<SamplesReport> {
  tell('importing MNIST')
  const imported = await inFolder((folder) => measureImport(spawn, folder))
  const pages: PageTimes[] = []
  let scrolling: ScrollingReport | null = null
  for (const samples of sizes) {
    tell(`a store of ${samples} samples`)
    pages.push(
      await inFolder(async (folder) => {
        fillStore(storeFileIn(folder), samples)
        const times = await measurePages(spawn, folder)
        const { size } = await stat(storeFileIn(folder))
        if (browser && samples === Math.max(...sizes)) {
          tell('scrolling through it')
          const { programFolder, chromium } = browser
          scrolling = await measureScrolling(programFolder, folder, samples, chromium)
        }
        return { samples, ...times, megabytes: Math.round(size / 1e6) }
      }),
    )
  }
  return { imported, pages, scrolling }
}

async function measureImport(spawn: SpawnEngine, folder: string): Promise<SamplesReport['imported']> {
  const request = importRequestSchema.parse({
    sources: [{ data: 'mnist:train' }, { data: 'mnist:test' }],
    dataset: 'MNIST',
  })
  return withProcess(spawn, 'train', folder, async (client) => {
    const started = performance.now()
    const { samples } = await client.request('importSamples', request)
    return { samples, seconds: (performance.now() - started) / 1000 }
  })
}

function measurePages(
  spawn: SpawnEngine,
  folder: string,
): Promise<Pick<PageTimes, 'p50Ms' | 'p99Ms' | 'firstMs'>> {
  return withProcess(spawn, 'store', folder, async (client) => {
    await client.request('datasets.list', undefined)
    const random = new Random(1)
    const times: number[] = []
    let firstMs = 0
    for (const query of queries) {
      let total = 1
      for (let page = 0; page < pagesOfQuery; page++) {
        const offset = random.integer(total)
        const started = performance.now()
        const answer = await client.request('samples.page', { query, offset, count: pageLength })
        const elapsedMs = performance.now() - started
        total = Math.max(1, answer.total)
        times.push(elapsedMs)
        if (page === 0) firstMs = Math.max(firstMs, elapsedMs)
      }
    }
    times.sort((first, second) => first - second)
    const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0
    return { p50Ms: at(0.5), p99Ms: at(0.99), firstMs }
  })
}

async function withProcess<Result>(
  spawn: SpawnEngine,
  instance: EngineInstance,
  folder: string,
  work: (client: EngineClient) => Promise<Result>,
): Promise<Result> {
  const client = new EngineClient(spawn(instance, folder))
  try {
    return await work(client)
  } finally {
    await client.stop()
  }
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
