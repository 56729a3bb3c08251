import type { Point } from '../../shared/ink/ink'
import type { PadUser } from './padUser'
import { PalmGuard } from './palmGuard'
import { pointerPoints } from './pointerPoints'

/** Radius of the eraser, in CSS pixels. */
const eraserRadiusPx = 12
/** The bit of `buttons` that a pen's eraser end sets. */
const eraserEnd = 32

/**
 * Lets a pad's element write and erase: pen, finger and mouse, every coalesced point, captured so that a stroke may leave
 * the pad. Returns the function that takes the listeners off again.
 */
export function listenToPointer(pad: HTMLElement, user: PadUser, isErasing: () => boolean): () => void {
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
    if (admitted === 'instead') user.penCancel()
    pad.setPointerCapture(event.pointerId)
    if (user.pad.isEmpty) startMs = event.timeStamp
    const at = points(event).at(-1)
    if (!at) return
    if (isErasing() || (event.buttons & eraserEnd) !== 0) {
      eraserAt = at
      user.pad.beginErasing()
      user.eraseAlong(at, at, eraserRadiusPx)
    } else {
      user.penDown(at, event.pointerType === 'pen')
    }
  }

  function move(event: PointerEvent): void {
    guard.noteSeen(event.pointerType, event.timeStamp)
    if (!guard.isWriter(event.pointerId)) return
    const moved = points(event)
    if (!eraserAt) {
      user.penMove(moved, event.timeStamp)
      return
    }
    for (const point of moved) {
      user.eraseAlong(eraserAt, point, eraserRadiusPx)
      eraserAt = point
    }
  }

  function lift(event: PointerEvent): void {
    if (!guard.isWriter(event.pointerId)) return
    guard.release(event.pointerId)
    if (eraserAt) user.pad.endErasing()
    else if (event.type === 'pointercancel') user.penCancel()
    else user.penUp()
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
