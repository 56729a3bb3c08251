import type { Point } from '../../shared/ink/ink'
import { PalmGuard } from './palmGuard'
import { pointerPoints } from './pointerPoints'
import type { WriteSession } from './writeSession.svelte'

/** Radius of the eraser, in CSS pixels. */
const eraserRadiusPx = 12
/** The bit of `buttons` that a pen's eraser end sets. */
const eraserEnd = 32

/**
 * Lets a pad's element write and erase: pen, finger and mouse, every coalesced point, captured so that a stroke may leave
 * the pad. Returns the function that takes the listeners off again.
 */
export function listenToPointer(
  pad: HTMLElement,
  session: WriteSession,
  isErasing: () => boolean,
): () => void {
  const guard = new PalmGuard()
  let startMs = 0
  /** Where the eraser was last; null while the pen writes. */
  let eraserAt: Point | null = null

  function points(event: PointerEvent): Point[] {
    return pointerPoints(event, pad.getBoundingClientRect(), startMs)
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0 && (event.buttons & eraserEnd) === 0) return
    const admitted = guard.admit(event.pointerId, event.pointerType, event.timeStamp)
    if (admitted === 'no') return
    if (admitted === 'instead') session.penCancel()
    pad.setPointerCapture(event.pointerId)
    if (session.pad.isEmpty) startMs = event.timeStamp
    const at = points(event).at(-1)
    if (!at) return
    if (isErasing() || (event.buttons & eraserEnd) !== 0) {
      eraserAt = at
      session.pad.beginErasing()
      session.eraseAlong(at, at, eraserRadiusPx)
    } else {
      session.penDown(at, event.pointerType === 'pen')
    }
  }

  function move(event: PointerEvent): void {
    guard.noteSeen(event.pointerType, event.timeStamp)
    if (!guard.isWriter(event.pointerId)) return
    const moved = points(event)
    if (!eraserAt) {
      session.penMove(moved, event.timeStamp)
      return
    }
    for (const point of moved) {
      session.eraseAlong(eraserAt, point, eraserRadiusPx)
      eraserAt = point
    }
  }

  function lift(event: PointerEvent): void {
    if (!guard.isWriter(event.pointerId)) return
    guard.release(event.pointerId)
    if (eraserAt) session.pad.endErasing()
    else if (event.type === 'pointercancel') session.penCancel()
    else session.penUp()
    eraserAt = null
  }

  const ignore = (event: Event) => event.preventDefault()
  const controller = new AbortController()
  const options = { signal: controller.signal }
  pad.addEventListener('pointerdown', down, options)
  pad.addEventListener('pointermove', move, options)
  pad.addEventListener('pointerup', lift, options)
  pad.addEventListener('pointercancel', lift, options)
  // A long press of pen or finger is a stroke, not a wish for the menu.
  pad.addEventListener('contextmenu', ignore, options)
  return () => controller.abort()
}
