import type { Point } from '../../shared/ink/ink'

/**
 * The points of a pointer event: all that the device reported since the last frame, not only the last of them (a pen of
 * 240 Hz would lose three in four). Coordinates are CSS pixels from the pad's top left corner, times are milliseconds
 * since `startMs`.
 */
export function pointerPoints(event: PointerEvent, pad: DOMRect, startMs: number): Point[] {
  const coalesced = event.getCoalescedEvents()
  return (coalesced.length > 0 ? coalesced : [event]).map((part) => [
    round(part.clientX - pad.left),
    round(part.clientY - pad.top),
    round(Math.max(0, part.timeStamp - startMs)),
    // Only a pen measures pressure: a mouse says 0.5 whenever a button is down, and a finger 0 or 1.
    part.pointerType === 'pen' ? Math.min(1, Math.max(0, part.pressure)) : 0.5,
  ])
}

/** Hundredths of a pixel are plenty, and keep the stored ink short. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}
