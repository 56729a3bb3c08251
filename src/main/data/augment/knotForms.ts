import type { Point } from '../../../shared/ink/ink'
import type { Random } from '../../../shared/random'
import { curve } from './lines'

type Knots = readonly (readonly [x: number, y: number])[]

/**
 * Forms of digits as the places (`x,y`) that a pen passes on its way, strokes parted by a slash, about 100 units high, y
 * downwards. They stand beside the ones that are drawn by formula in writtenForms.ts: hooked, looped and half open ones.
 */
const knotForms: Readonly<Record<string, readonly string[]>> = {
  0: [
    // Begun with a tail at the top, or closed over itself.
    '52,-6 30,8 8,30 6,68 28,100 54,74 52,34 30,14',
    '36,0 12,20 4,58 24,100 50,70 46,22 24,4 10,24',
  ],
  1: [
    // The stem ends in a flick to one side.
    '20,0 18,50 16,100 34,76',
    '6,22 24,0 22,52 20,98 36,82',
    '22,0 22,55 22,100 4,84',
    // A short flag that droops.
    '0,26 14,18 26,2 25,50 24,100',
  ],
  2: [
    // With a loop at the foot, small or wide, or with none and a foot that climbs.
    '8,24 26,2 50,16 40,52 14,88 4,80 20,74 40,92 64,96',
    '0,30 24,0 54,20 34,62 4,96 2,76 30,84 66,90',
    '4,16 30,2 48,22 28,60 2,98 30,90 60,82',
    // The top curls in, as a 9 begins.
    '34,30 18,24 20,4 44,4 48,34 24,74 2,98 30,98 62,96',
  ],
  3: [
    // A loop at the waist; a tail that runs up and away.
    '6,14 32,0 48,20 26,46 16,40 30,42 54,66 42,98 2,92',
    '4,6 40,2 20,38 48,52 46,86 16,98 2,84 30,76 66,66',
  ],
  4: [
    // Begun low, the bar crossing a stem that leans; and open like a u with a tail.
    '8,0 2,36 20,44 50,34 / 52,0 46,50 38,100',
    '10,4 4,44 28,54 52,38 56,0 52,50 46,100',
  ],
  5: [
    // In one stroke, like an S, round or with corners.
    '58,2 30,4 12,14 20,40 46,56 48,84 26,100 2,90',
    '62,0 36,2 8,4 7,22 6,42 30,38 52,56 46,90 18,100 0,90',
  ],
  6: [
    // The belly a loop as high as the back, or leaning away from it.
    '22,0 2,46 14,92 42,94 60,54 54,22 38,34 32,86',
    '30,0 4,44 8,88 36,100 62,76 56,48 32,50 16,78',
    '6,4 0,40 4,82 26,100 48,82 40,58 16,62 6,80',
  ],
  7: [
    // The stem ends in a curl to the right.
    '2,10 14,2 52,4 50,30 36,62 28,92 36,100 52,90',
    '0,14 8,2 44,0 56,10 44,54 40,94 54,92',
    // A deep hook before the bar.
    '8,30 0,18 8,6 32,4 60,2 46,36 26,72 18,100',
    '12,24 2,22 4,6 30,0 48,12 40,52 24,100',
    // Round, with no corner at all.
    '0,12 26,0 48,10 46,44 32,76 22,100',
  ],
  8: [
    // Both ends fly out at the top.
    '6,8 16,32 46,50 58,76 34,100 8,80 22,52 52,32 54,4',
    // The upper loop small, or a mere hook above the lower one.
    '24,24 26,4 46,8 40,32 14,58 8,86 34,100 56,82 44,58 22,46',
    '44,8 24,0 14,18 32,40 54,66 40,98 12,92 10,64 34,42',
    // Two rings, one on the other.
    '28,2 10,18 24,44 46,28 38,6 26,2 / 28,46 6,70 26,100 52,78 38,50 26,46',
    // Begun as an S and closed with a straight line.
    '52,10 26,0 8,18 30,46 50,74 26,100 4,80 28,48 54,6',
  ],
  9: [
    // The loop left open, or small with a long tail; a tail that ends in a curl.
    '46,14 24,2 4,22 22,44 46,24 50,4 46,54 38,100',
    '38,6 18,0 10,18 28,26 42,8 40,50 24,100',
    '44,10 18,2 6,28 28,42 48,14 50,56 34,96 6,92',
  ],
}

/** The labels that there are such forms of. */
export const knotFormLabels: readonly string[] = Object.keys(knotForms)

/** Standard deviation of where a knot comes to lie. */
const wander = 4.5

/**
 * One of a digit's forms, each stroke a Catmull-Rom spline (Catmull & Rom 1974) through knots that have wandered a
 * little.
 * @throws Error for a label that is none of `knotFormLabels`
 */
export function knotForm(label: string, random: Random): Point[][] {
  const forms = knotForms[label] ?? []
  const form = forms[random.integer(forms.length)]
  if (form === undefined) throw new Error(`there are no such forms of ${label}`)
  return form
    .split(' / ')
    .map((stroke) => spline(stroke.split(' ').map((place) => wanderFrom(place, random))))
}

function wanderFrom(place: string, random: Random): readonly [number, number] {
  const [x = 0, y = 0] = place.split(',').map(Number)
  return [x + random.normal(0, wander), y + random.normal(0, wander)]
}

function spline(knots: Knots): Point[] {
  const spans = knots.length - 1
  // Beyond its ends the pen goes on as it came.
  const knot = (index: number): readonly [number, number] =>
    knots[Math.max(0, Math.min(spans, index))] ?? [0, 0]
  return curve(spans * 6, (share) => {
    const span = Math.min(Math.floor(share * spans), spans - 1)
    const t = share * spans - span
    const along = (axis: 0 | 1): number => {
      const [before, from] = [knot(span - 1)[axis], knot(span)[axis]]
      const [to, after] = [knot(span + 1)[axis], knot(span + 2)[axis]]
      const bend = 2 * before - 5 * from + 4 * to - after
      return from + (t / 2) * (to - before + t * (bend + t * (3 * (from - to) + after - before)))
    }
    return [along(0), along(1)]
  })
}
