import type { Ink, Point } from '../../shared/ink/ink'
import { touchesStroke } from './touchesStroke'

/** A stroke on the pad. Only a pen reports real pressure; for the others the painter makes it up from the speed. */
export interface PadStroke {
  readonly points: readonly Point[]
  readonly pressure: boolean
}

/** One step of the history. 'commit' is the taking over of what was written, which empties the pad. */
export interface PadChange {
  readonly kind: 'draw' | 'erase' | 'clear' | 'rewrite' | 'commit'
  readonly before: readonly PadStroke[]
  readonly after: readonly PadStroke[]
}

/** Limits of the contract's ink schema. */
const maximumStrokes = 500
const maximumPoints = 20_000
/** Older steps fall out of the history. */
const maximumHistory = 200

/** The ink on the pad, the stroke under the pen, and the history of both. Coordinates are CSS pixels of the pad. */
export class InkPad {
  strokes = $state.raw<readonly PadStroke[]>([])
  /** Whether the pen is down. */
  isWriting = $state(false)
  /** Counts the changes of the stroke under the pen, so that a painter can follow it without copies of its points. */
  liveRevision = $state(0)
  #undone = $state.raw<readonly PadChange[]>([])
  #done = $state.raw<readonly PadChange[]>([])
  #live: { points: Point[]; pressure: boolean } | null = null
  #beforeErasing: readonly PadStroke[] | null = null

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  get isEmpty(): boolean {
    return this.strokes.length === 0
  }

  get live(): PadStroke | null {
    return this.#live
  }

  /** All strokes, with the one under the pen; plain arrays that can be sent. */
  ink(): Ink {
    const strokes = this.strokes.map((stroke) => stroke.points)
    return this.#live ? [...strokes, this.#live.points.slice()] : strokes
  }

  begin(point: Point, pressure: boolean): void {
    this.end()
    if (this.strokes.length >= maximumStrokes) return
    this.#setLive({ points: [point], pressure })
  }

  extend(points: readonly Point[]): void {
    if (!this.#live || points.length === 0) return
    const room = maximumPoints - this.#live.points.length
    this.#live.points.push(...points.slice(0, room))
    this.liveRevision++
  }

  /** The pen was lifted: the stroke becomes part of the ink. */
  end(): void {
    const live = this.#live
    if (!live) return
    this.#setLive(null)
    this.#apply('draw', [...this.strokes, live])
  }

  /** The stroke was none (a palm, a lost pointer): it leaves no trace. */
  cancel(): void {
    this.#setLive(null)
  }

  beginErasing(): void {
    this.end()
    this.#beforeErasing = this.strokes
  }

  /** Takes away every stroke that comes within `radiusPx` of the segment. True where one did. */
  eraseAlong(from: Point, to: Point, radiusPx: number): boolean {
    const left = this.strokes.filter((stroke) => !touchesStroke(stroke.points, from, to, radiusPx))
    const erased = left.length < this.strokes.length
    if (erased) this.strokes = left
    return erased
  }

  /** One gesture of the eraser is one step of the history, however many strokes it took. */
  endErasing(): void {
    const before = this.#beforeErasing
    this.#beforeErasing = null
    if (before && before !== this.strokes) this.#record({ kind: 'erase', before, after: this.strokes })
  }

  clear(): void {
    this.cancel()
    if (!this.isEmpty) this.#apply('clear', [])
  }

  /** Puts other strokes in the place of all, in one step. */
  rewrite(strokes: readonly PadStroke[]): void {
    this.end()
    this.#apply('rewrite', strokes)
  }

  /** Empties the pad because its ink was taken over. The returned step is what `undo` will give back. */
  commit(): PadChange {
    this.end()
    return this.#apply('commit', [])
  }

  /** Takes the last step back. A commit cannot be done again by `redo`: it is only made by accepting. */
  undo(): PadChange | null {
    this.cancel()
    const change = this.#done.at(-1)
    if (!change) return null
    this.#done = this.#done.slice(0, -1)
    this.#undone = change.kind === 'commit' ? [] : [...this.#undone, change]
    this.strokes = change.before
    return change
  }

  redo(): PadChange | null {
    this.cancel()
    const change = this.#undone.at(-1)
    if (!change) return null
    this.#undone = this.#undone.slice(0, -1)
    this.#done = [...this.#done, change]
    this.strokes = change.after
    return change
  }

  /** Whether `change` is the last step, so that undoing takes back just it. */
  isLast(change: PadChange): boolean {
    return this.#done.at(-1) === change
  }

  #setLive(live: { points: Point[]; pressure: boolean } | null): void {
    this.#live = live
    this.isWriting = live !== null
    this.liveRevision++
  }

  #apply(kind: PadChange['kind'], after: readonly PadStroke[]): PadChange {
    const change = { kind, before: this.strokes, after }
    this.strokes = after
    this.#record(change)
    return change
  }

  #record(change: PadChange): void {
    this.#done = [...this.#done, change].slice(-maximumHistory)
    this.#undone = []
  }
}
