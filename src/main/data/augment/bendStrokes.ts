import { inkBounds } from '../../../shared/ink/bounds'
import type { Ink, Point } from '../../../shared/ink/ink'
import type { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'

/** Of a hand that strays by its whole measure: radians that a stroke turns by, and the share by which it stretches and bows. */
const turn = 2
const stretch = 2.5
const bow = 1.2
/** A line is drawn from stroke to stroke only over a gap of up to this share of the character's size. */
const longestJoin = 0.45
/** Times that corners are cut (Chaikin 1974). */
const roundings = 2

type Strokes = readonly (readonly Point[])[]

/**
 * Writes a character anew, stroke by stroke, as another hand would: each stroke is shifted, turned, stretched and bowed by
 * itself, corners become round, and in a running hand the pen is not lifted between two strokes, or leaves a short one out.
 * It draws no random number where the recipe asks for none of this.
 */
export function bendStrokes(ink: Ink, augmentation: Augmentation, random: Random): Ink {
  const { strokes: stray, joins, omissions } = augmentation
  if (stray === 0 && joins === 0 && omissions === 0) return ink
  const bounds = inkBounds(ink)
  if (bounds === null) return ink
  const size = Math.max(bounds.width, bounds.height, 1e-9)
  const kept = omit(ink, omissions, size, random)
  // A hand is careful in one character and hasty in the next.
  const hand = stray * random.uniform(0.2, 1)
  const roundness = stray > 0 ? random.uniform(-0.5, 1) : 0
  const bent = kept.map((stroke) =>
    round(stray > 0 ? moveStroke(stroke, hand, size, random) : stroke, roundness),
  )
  return join(bent, joins > 0 ? random.uniform(0, 2 * joins) : 0, size, random)
}

/** Leaves out, now and then, one stroke of several that is shorter than most. */
function omit(ink: Ink, chance: number, size: number, random: Random): Strokes {
  if (ink.length < 4 || !random.chance(chance)) return ink
  const lost = random.integer(ink.length)
  return lengthOf(ink[lost] ?? []) > 0.35 * size ? ink : ink.filter((_, at) => at !== lost)
}

function moveStroke(stroke: readonly Point[], hand: number, size: number, random: Random): Point[] {
  const bounds = inkBounds([stroke])
  if (bounds === null) return []
  const [middleX, middleY] = [bounds.left + bounds.width / 2, bounds.top + bounds.height / 2]
  const angle = random.normal(0, hand * turn)
  const [scaleX, scaleY] = [1 + random.normal(0, hand * stretch), 1 + random.normal(0, hand * stretch)]
  const [shiftX, shiftY] = [random.normal(0, hand * size), random.normal(0, hand * size)]
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const side = random.normal(0, hand * bow)
  const [first, last]: [Point, Point] = [stroke[0] ?? [0, 0], stroke.at(-1) ?? [0, 0]]
  const [acrossX, acrossY] = [first[1] - last[1], last[0] - first[0]]
  return subdivide(stroke, size / 12).map(({ point: [x, y], share }): Point => {
    const swing = 4 * share * (1 - share) * side
    const fromX = (x - middleX) * scaleX + acrossX * swing
    const fromY = (y - middleY) * scaleY + acrossY * swing
    return [
      middleX + cosine * fromX - sine * fromY + shiftX,
      middleY + sine * fromX + cosine * fromY + shiftY,
    ]
  })
}

/** Points no farther apart than `reach`, each with its share of the way from the first to the last. */
function subdivide(stroke: readonly Point[], reach: number): { point: Point; share: number }[] {
  const total = Math.max(lengthOf(stroke), 1e-9)
  const divided: { point: Point; share: number }[] = []
  let gone = 0
  let before: Point | undefined
  for (const point of stroke) {
    if (before === undefined) divided.push({ point, share: 0 })
    else {
      const [alongX, alongY] = [point[0] - before[0], point[1] - before[1]]
      const length = Math.hypot(alongX, alongY)
      const parts = Math.max(1, Math.ceil(length / reach))
      for (let part = 1; part <= parts; part++) {
        const t = part / parts
        divided.push({
          point: [before[0] + alongX * t, before[1] + alongY * t],
          share: (gone + length * t) / total,
        })
      }
      gone += length
    }
    before = point
  }
  return divided
}

/** @param roundness 0 or less leaves corners sharp, 1 cuts a quarter off either side of each, twice */
function round(stroke: readonly Point[], roundness: number): readonly Point[] {
  if (roundness <= 0 || stroke.length < 3) return stroke
  let points = stroke
  for (let time = 0; time < roundings; time++) points = cutCorners(points, roundness / 4)
  return points
}

/** Each corner gives way to two points at the share `cut` of the lines that meet in it; the ends stay. */
function cutCorners(points: readonly Point[], cut: number): Point[] {
  const cutOff: Point[] = []
  const last = points.length - 1
  for (let at = 0; at < last; at++) {
    const [from, to] = [points[at], points[at + 1]]
    if (!from || !to) continue
    const [alongX, alongY] = [(to[0] - from[0]) * cut, (to[1] - from[1]) * cut]
    cutOff.push(at === 0 ? from : [from[0] + alongX, from[1] + alongY])
    cutOff.push(at === last - 1 ? to : [to[0] - alongX, to[1] - alongY])
  }
  return cutOff
}

/** Draws some of the ways between a stroke's end and the next one's start, on which the pen was in the air. */
function join(strokes: Strokes, chance: number, size: number, random: Random): Ink {
  const joined: Point[][] = []
  for (const stroke of strokes) {
    const before = joined.at(-1)
    const [from, to] = [before?.at(-1), stroke[0]]
    const near = from && to && Math.hypot(to[0] - from[0], to[1] - from[1]) <= longestJoin * size
    if (before && near && random.chance(chance)) before.push(...stroke)
    else joined.push([...stroke])
  }
  return joined
}

function lengthOf(stroke: readonly Point[]): number {
  let length = 0
  let before: Point | undefined
  for (const point of stroke) {
    if (before) length += Math.hypot(point[0] - before[0], point[1] - before[1])
    before = point
  }
  return length
}
