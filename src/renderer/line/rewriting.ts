import { inkBounds, type InkBounds } from '../../shared/ink/bounds'
import type { Prediction } from '../../shared/recognition/prediction'
import type { PadStroke } from '../pad/inkPad.svelte'
import type { PadCharacter, PadPart } from './padCharacter'

/** So much of what two boxes cover together has to be common to both, for one to be written over the other. */
const leastOverlap = 0.35
/** So much likelier a stroke has to be a character by itself than together with what it was written over. */
const leastGain = 0.2

/** The character that a new stroke was written right over; null for one that only crosses or dots something. */
export function characterUnder(stroke: PadStroke, characters: readonly PadCharacter[]): PadCharacter | null {
  const bounds = inkBounds([stroke.points])
  if (bounds === null) return null
  const overlaps = characters.map((character) => ({
    character,
    overlap: overlapOf(bounds, character.bounds),
  }))
  const best = overlaps.sort((a, b) => b.overlap - a.overlap)[0]
  return best && best.overlap >= leastOverlap ? best.character : null
}

/** Whether a stroke begins a character anew, and does not finish the one that it lies on. */
export function isRewriting(alone: Prediction, together: Prediction): boolean {
  if (together.verdict === 'not-a-character') return true
  if (alone.verdict === 'not-a-character') return false
  return (alone.candidates[0]?.probability ?? 0) - (together.candidates[0]?.probability ?? 0) > leastGain
}

/** All strokes without the given parts; a stroke of which some is left over stays as what is left. */
export function withoutParts(strokes: readonly PadStroke[], parts: readonly PadPart[]): PadStroke[] {
  return strokes.flatMap((stroke) => {
    const taken = parts.filter((part) => part.stroke === stroke).sort((a, b) => a.from - b.from)
    if (taken.length === 0) return [stroke]
    const ends = [...taken.map(({ from }) => from), stroke.points.length - 1]
    const starts = [0, ...taken.map(({ to }) => to)]
    return starts.flatMap((start, at) => {
      const points = stroke.points.slice(start, (ends[at] ?? 0) + 1)
      return points.length > 1 ? [{ ...stroke, points }] : []
    })
  })
}

function overlapOf(a: InkBounds, b: InkBounds): number {
  const wide = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const high = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  if (wide <= 0 || high <= 0) return 0
  const common = wide * high
  return common / (a.width * a.height + b.width * b.height - common)
}
