import type { SamplePage } from '../../../shared/contract/samples'
import { countSampleBlock, readSampleBlock, type SampleCell } from '../../../shared/samples/sampleBlock'

/** So many samples come in one message: quick to decode, and some rows of any grid. */
export const pageSize = 240
/** About 23 MB. */
const keptPages = 120
const inFlightAtMost = 3

interface HeldPage {
  readonly page: SamplePage
  /** Of the result when it was asked for; an older one than the current is shown until it has been asked for anew. */
  readonly generation: number
  /** Tells what was painted of it from what it holds now. */
  readonly version: number
}

interface PageSource {
  load(offset: number, count: number): Promise<SamplePage>
  /** A page came. */
  onArrival(): void
  onError(thrown: unknown): void
}

/** The part of a query's result that the grid shows, fetched page by page as it comes into sight. */
export class SamplePages {
  /** Samples of the result; null until it is known. */
  total: number | null = null
  readonly #source: PageSource
  /** The most recently used one last. */
  readonly #held = new Map<number, HeldPage>()
  readonly #inFlight = new Set<number>()
  #wanted: readonly [number, number] = [0, 0]
  #generation = 0
  #versions = 0
  /** After an error nothing is asked for until something changes. */
  #isStopped = false

  constructor(source: PageSource) {
    this.#source = source
  }

  /** Another result: nothing of what is held belongs to it. */
  reset(): void {
    this.#held.clear()
    this.total = null
    this.refresh()
  }

  /** The result may have changed: what is held is shown until it has come anew. */
  refresh(): void {
    this.#generation++
    this.#isStopped = false
    this.#inFlight.clear()
    this.#pump()
  }

  /** Names the cells in sight, from the first to the one before `end`. */
  want(first: number, end: number): void {
    if (this.#wanted[0] === first && this.#wanted[1] === end) return
    this.#wanted = [first, end]
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page++) this.#touch(page)
    this.#pump()
  }

  cell(index: number): SampleCell | null {
    const held = this.#held.get(Math.floor(index / pageSize))
    const place = index % pageSize
    if (!held || place >= countSampleBlock(held.page.block)) return null
    return readSampleBlock(held.page.block, place)
  }

  labelOf(index: number): string | null {
    return this.#word(index, (cell) => cell.label)
  }

  predictedOf(index: number): string | null {
    return this.#word(index, (cell) => cell.predicted)
  }

  #word(index: number, numberOf: (cell: SampleCell) => number | null): string | null {
    const cell = this.cell(index)
    const number = cell && numberOf(cell)
    if (number === null) return null
    return this.#held.get(Math.floor(index / pageSize))?.page.labels[number] ?? null
  }

  /** Changes when what is known of these cells does. */
  versionOf(first: number, end: number): number {
    let sum = 0
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page++) {
      sum += this.#held.get(page)?.version ?? 0
    }
    return sum
  }

  #pump(): void {
    if (this.#isStopped) return
    for (const page of this.#missing()) {
      if (this.#inFlight.size >= inFlightAtMost) return
      void this.#fetch(page, this.#generation)
    }
  }

  /** Pages to ask for: those in sight, then their neighbours, which are likely to be next. */
  #missing(): number[] {
    const [first, end] = this.#wanted
    const firstPage = Math.floor(first / pageSize)
    const lastPage = Math.max(firstPage, Math.ceil(end / pageSize) - 1)
    const inSight = Array.from({ length: lastPage - firstPage + 1 }, (_, i) => firstPage + i)
    const pages = this.total === null ? inSight : [...inSight, lastPage + 1, firstPage - 1]
    return pages.filter(
      (page) =>
        page >= 0 &&
        (page === firstPage || page * pageSize < (this.total ?? Infinity)) &&
        !this.#inFlight.has(page) &&
        this.#held.get(page)?.generation !== this.#generation,
    )
  }

  async #fetch(page: number, generation: number): Promise<void> {
    this.#inFlight.add(page)
    try {
      const answer = await this.#source.load(page * pageSize, pageSize)
      if (generation === this.#generation) this.#take(page, answer)
    } catch (thrown) {
      if (generation !== this.#generation) return
      this.#isStopped = true
      this.#source.onError(thrown)
    } finally {
      if (generation === this.#generation) this.#inFlight.delete(page)
      this.#pump()
    }
  }

  /** Makes it the most recently used one. */
  #touch(page: number): void {
    const held = this.#held.get(page)
    if (!held) return
    this.#held.delete(page)
    this.#held.set(page, held)
  }

  #take(page: number, answer: SamplePage): void {
    this.total = answer.total
    this.#held.delete(page)
    this.#held.set(page, { page: answer, generation: this.#generation, version: ++this.#versions })
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= keptPages) break
      this.#held.delete(oldest)
    }
    this.#source.onArrival()
  }
}
