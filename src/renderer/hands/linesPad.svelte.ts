import type { Ink, Point } from '../../shared/ink/ink'
import { splitWords } from '../../shared/ink/splitWords'
import { InkPad, type PadChange } from '../pad/inkPad.svelte'
import type { PadUser } from '../pad/padUser'

/** A pad that lines of words are written on, one line after the other. */
export class LinesPad implements PadUser {
  readonly pad = new InkPad()
  /** Words of the lines before the one on the pad. */
  #taken = $state.raw<readonly Ink[]>([])
  /** What had been taken before each line was. */
  readonly #before = new WeakMap<PadChange, readonly Ink[]>()

  /** All words so far, in the order of writing; plain arrays that can be sent. */
  words = $derived([...this.#taken, ...wordsOf(this.pad.strokes.map(({ points }) => points))])

  penDown(point: Point, pressure: boolean): void {
    this.pad.begin(point, pressure)
  }

  penMove(points: readonly Point[]): void {
    this.pad.extend(points)
  }

  penUp(): void {
    this.pad.end()
  }

  penCancel(): void {
    this.pad.cancel()
  }

  eraseAlong(from: Point, to: Point, radiusPx: number): void {
    this.pad.eraseAlong(from, to, radiusPx)
  }

  /** Keeps the line's words, and empties the pad for the next. */
  nextLine(): void {
    if (this.pad.isEmpty) return
    const { words } = this
    this.#before.set(this.pad.commit(), this.#taken)
    this.#taken = words
  }

  /** Takes the last stroke back, or gives the line before back to the pad. */
  undo(): void {
    const change = this.pad.undo()
    const before = change && this.#before.get(change)
    if (before) this.#taken = before
  }

  clear(): void {
    this.#before.set(this.pad.commit(), this.#taken)
    this.#taken = []
  }
}

function wordsOf(ink: Ink): Ink[] {
  return splitWords(ink).map((strokes) => strokes.map((at) => (ink[at] ?? []).slice()))
}
