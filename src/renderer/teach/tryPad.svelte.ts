import type { Client } from '../../shared/contract/client'
import type { Ink, Point } from '../../shared/ink/ink'
import { InkPad } from '../pad/inkPad.svelte'
import type { PadUser } from '../pad/padUser'
import { Reading } from '../write/reading.svelte'

/** While the pen is down, readings are asked for at most this often. */
const liveIntervalMs = 80

/** A pad that several models read at once. */
export class TryPad implements PadUser {
  readonly pad = new InkPad()
  readonly readings: readonly Reading[]
  #offeredAtMs = -Infinity

  constructor(
    { recognition }: Pick<Client, 'recognition'>,
    models: readonly string[],
    onError: (thrown: unknown) => void,
  ) {
    this.readings = models.map(
      (model) =>
        new Reading<Ink>(
          (ink) => recognition.ink({ ink: ink.map((stroke) => [...stroke]), model }),
          () => undefined,
          onError,
        ),
    )
  }

  penDown(point: Point, pressure: boolean): void {
    this.pad.begin(point, pressure)
  }

  penMove(points: readonly Point[], nowMs: number): void {
    this.pad.extend(points)
    if (!this.pad.isWriting || nowMs - this.#offeredAtMs < liveIntervalMs) return
    this.#offeredAtMs = nowMs
    this.#offer()
  }

  penUp(): void {
    if (!this.pad.isWriting) return
    this.pad.end()
    this.#offer()
  }

  penCancel(): void {
    this.pad.cancel()
    this.#readAgain()
  }

  eraseAlong(from: Point, to: Point, radiusPx: number): void {
    if (this.pad.eraseAlong(from, to, radiusPx)) this.#readAgain()
  }

  clear(): void {
    this.pad.clear()
    this.#readAgain()
  }

  #offer(): void {
    const ink = this.pad.ink()
    for (const reading of this.readings) reading.offer(ink)
  }

  #readAgain(): void {
    for (const reading of this.readings) {
      if (this.pad.isEmpty) reading.forget()
      else reading.replace(this.pad.ink())
    }
  }
}
