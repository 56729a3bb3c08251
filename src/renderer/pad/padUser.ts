import type { Point } from '../../shared/ink/ink'
import type { InkPad } from './inkPad.svelte'

/** Who writes on a pad: the pad's element tells it what the pen does. Points are in CSS pixels of the pad. */
export interface PadUser {
  readonly pad: InkPad
  /** `pressure` tells whether the points' own is real. */
  penDown(point: Point, pressure: boolean): void
  /** `nowMs` is of the clock that all of the pad's events have. */
  penMove(points: readonly Point[], nowMs: number): void
  penUp(): void
  /** The stroke was none. */
  penCancel(): void
  eraseAlong(from: Point, to: Point, radiusPx: number): void
}
