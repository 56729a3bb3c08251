import { squareInput } from '../../shared/model/specs'
import type { Ink, Point } from '../../shared/ink/ink'
import { inkToRaster } from '../../shared/ink/inkToRaster'
import { thumbnailSize } from '../../shared/samples/sampleBlock'
import { Random } from '../../shared/random'
import { InkPad } from '../pad/inkPad.svelte'
import type { PadUser } from '../pad/padUser'
import { CommitPause } from '../write/commitPause.svelte'
import type { SamplesClient } from './samplesSession.svelte'

export interface CollectPlan {
  /** What is to be written. */
  readonly labels: readonly string[]
  readonly times: number
  /** A data set's id. */
  readonly dataset: number
  /** Null is the user. */
  readonly writer: string | null
  /** The rest of the pen after which what was written is kept; null waits for Enter. */
  readonly pauseMs: number | null
}

/** What was written for a prompt; its sample's id once it is kept, or null where that failed. */
interface Written {
  readonly label: string
  readonly kept: Promise<number | null>
}

/** Guided writing: one prompted character after the other, shuffled, so that no hand falls into a rhythm of the same. */
export class CollectSession implements PadUser {
  readonly pad = new InkPad()
  readonly pause = new CommitPause(() => this.accept())
  readonly plan: CollectPlan
  /** How often each label was written in this sitting. */
  counts = $state.raw<Readonly<Record<string, number>>>({})
  #waiting = $state.raw<readonly string[]>([])
  #written = $state.raw<readonly Written[]>([])
  readonly #session = `collect-${crypto.randomUUID()}`
  readonly #client: SamplesClient
  readonly #onError: (thrown: unknown) => void

  constructor(client: SamplesClient, plan: CollectPlan, seed: number, onError: (thrown: unknown) => void) {
    this.#client = client
    this.#onError = onError
    this.plan = plan
    this.#waiting = shufflePrompts(plan, new Random(seed))
  }

  /** What is to be written now; null at the end. */
  get prompt(): string | null {
    return this.#waiting[0] ?? null
  }

  get next(): string | null {
    return this.#waiting[1] ?? null
  }

  get total(): number {
    return this.#waiting.length + this.#written.length
  }

  get done(): number {
    return this.#written.length
  }

  penDown(point: Point, pressure: boolean): void {
    this.pause.stop()
    if (this.prompt !== null) this.pad.begin(point, pressure)
  }

  penMove(points: readonly Point[]): void {
    this.pad.extend(points)
  }

  penUp(): void {
    if (!this.pad.isWriting) return
    this.pad.end()
    this.pause.start(this.plan.pauseMs)
  }

  penCancel(): void {
    this.pad.cancel()
  }

  eraseAlong(from: Point, to: Point, radiusPx: number): void {
    this.pad.eraseAlong(from, to, radiusPx)
  }

  clear(): void {
    this.pause.stop()
    this.pad.clear()
  }

  /** Keeps what is on the pad as the prompted character, and prompts the next. */
  accept(): void {
    this.pause.stop()
    const label = this.prompt
    if (label === null || this.pad.isEmpty) return
    const ink = this.pad.ink()
    this.pad.commit()
    this.#waiting = this.#waiting.slice(1)
    this.#written = [...this.#written, { label, kept: this.#keep(label, ink) }]
    this.#count(label, 1)
  }

  /** The prompted character is not to be written now: it comes last. */
  skip(): void {
    this.clear()
    const [label, ...rest] = this.#waiting
    if (label !== undefined) this.#waiting = [...rest, label]
  }

  /** Takes the last sample back, so that it can be written anew. */
  async redoLast(): Promise<void> {
    this.clear()
    const last = this.#written.at(-1)
    if (!last) return
    this.#written = this.#written.slice(0, -1)
    this.#waiting = [last.label, ...this.#waiting]
    this.#count(last.label, -1)
    const id = await last.kept
    try {
      if (id !== null) await this.#client.samples.remove({ selection: { ids: [id] } })
    } catch (thrown) {
      this.#onError(thrown)
    }
  }

  /** Settles once everything that was written is kept. */
  async finish(): Promise<void> {
    this.pause.stop()
    await Promise.all(this.#written.map(({ kept }) => kept))
  }

  async #keep(label: string, ink: Ink): Promise<number | null> {
    const { dataset, writer } = this.plan
    try {
      const { id } = await this.#client.samples.add({
        ...{ label, dataset, session: this.#session, source: 'collected', predicted: null, model: '' },
        ...(writer === null ? {} : { writer }),
        ink: ink.map((stroke) => [...stroke]),
        raster: inkToRaster(ink, squareInput(thumbnailSize)),
      })
      return id
    } catch (thrown) {
      this.#onError(thrown)
      return null
    }
  }

  #count(label: string, by: number): void {
    this.counts = { ...this.counts, [label]: (this.counts[label] ?? 0) + by }
  }
}

/** Every label so many times, in rounds of all of them, each round in an order of its own. */
function shufflePrompts({ labels, times }: CollectPlan, random: Random): string[] {
  return Array.from({ length: times }, () => random.shuffle([...labels])).flat()
}
