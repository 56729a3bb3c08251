import type { Ink, Point } from '../../../shared/ink/ink'
import type { Random } from '../../../shared/random'
import { bow, curve } from './lines'

type Maker = (random: Random) => Point[][]

/**
 * What people do on a pad that is no character: walks, curls, zigzags, hatching, tangles, dots and blots. Each kind has enough
 * turns or strokes that no draw of it is a clean single character (one line is a 1, one loop is a 0); this is what the
 * output 'not a character' learns from.
 *
 * @returns ink about 100 units large
 */
export function scribble(random: Random): Ink {
  for (;;) {
    const ink = turned(makers[random.integer(makers.length)] ?? tangle, random)
    // Long and narrow ones close up under a thick pen and are a fat 1 then.
    if (narrowness(ink) < 4) return ink
  }
}

/** How many times further the points are spread along the longest axis of their cloud than across it. */
function narrowness(ink: Ink): number {
  const points = ink.flat()
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * (y - meanY)
    yy += (y - meanY) ** 2
  }
  const half = (xx + yy) / 2
  const apart = Math.hypot((xx - yy) / 2, xy)
  return Math.sqrt((half + apart) / Math.max(half - apart, 1e-9))
}

function turned(maker: Maker, random: Random): Ink {
  const aspect = random.uniform(0.6, 1.6)
  const angle = random.uniform(0, 2 * Math.PI)
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  return maker(random).map((stroke) =>
    stroke.map(([x, y]): Point => [cosine * x * aspect - sine * y, sine * x * aspect + cosine * y]),
  )
}

/** A walk whose heading turns at random, long enough to cross itself several times. */
const walk: Maker = (random) => {
  const points: Point[] = []
  let [x, y, heading, turn] = [0, 0, random.uniform(0, 2 * Math.PI), 0]
  const steps = 160 + random.integer(160)
  const wildness = random.uniform(0.06, 0.2)
  for (let i = 0; i < steps; i++) {
    turn = 0.9 * turn + random.normal(0, wildness)
    heading += turn
    // Drawn back to the middle, or it would wander off as one thin line.
    x += 4 * Math.cos(heading) - 0.03 * x
    y += 4 * Math.sin(heading) - 0.03 * y
    points.push([x, y])
  }
  return [points]
}

/** A telephone wire: loops along a line. */
const curls: Maker = (random) => {
  const turns = random.uniform(3, 7)
  const advance = random.uniform(12, 40)
  const radius = random.uniform(12, 35)
  return [
    curve(30 * turns, (share) => {
      const angle = 2 * Math.PI * turns * share
      return [advance * turns * share + radius * Math.cos(angle), radius * Math.sin(angle)]
    }),
  ]
}

const spiral: Maker = (random) => {
  const turns = random.uniform(2.6, 6) * (random.chance(0.5) ? 1 : -1)
  const inner = random.uniform(0, 12)
  return [
    curve(40 * Math.abs(turns), (share) => {
      const angle = 2 * Math.PI * turns * share
      const radius = inner + 50 * share
      return [radius * Math.cos(angle), radius * Math.sin(angle)]
    }),
  ]
}

/** To and fro, at least six times. */
const zigzag: Maker = (random) => {
  const corners = 7 + random.integer(12)
  const advance = random.uniform(3, 16)
  return [
    Array.from({ length: corners }, (_, i): Point => [
      i * advance + random.normal(0, 2),
      (i % 2) * 70 + random.normal(0, 8),
    ]),
  ]
}

const wave: Maker = (random) => {
  const periods = random.uniform(2.5, 6)
  const height = random.uniform(16, 30)
  return [curve(120, (share) => [100 * share, height * Math.sin(2 * Math.PI * periods * share)])]
}

/** Parallel lines, sometimes crossed by others. */
const hatching: Maker = (random) => {
  const lines = (across: boolean): Point[][] => {
    const count = 4 + random.integer(6)
    return Array.from({ length: count }, (_, i) => {
      const offset = (100 * i) / (count - 1) + random.normal(0, 2)
      const from = random.normal(0, 6)
      const to = 100 + random.normal(0, 6)
      return across ? bow(random, from, offset, to, offset) : bow(random, offset, from, offset, to)
    })
  }
  return random.chance(0.5) ? [...lines(true), ...lines(false)] : lines(random.chance(0.5))
}

/** Short strokes over one another, any way. */
const tangle: Maker = (random) =>
  Array.from({ length: 6 + random.integer(6) }, () => {
    const place = (): number => random.uniform(0, 100)
    return bow(random, place(), place(), place(), place())
  })

/** One smooth line through random places. */
const scrawl: Maker = (random) => {
  const knots = Array.from({ length: 9 + random.integer(8) }, (): Point => [
    random.uniform(0, 100),
    random.uniform(0, 100),
  ])
  return [smooth(knots)]
}

const dots: Maker = (random) =>
  Array.from({ length: 4 + random.integer(9) }, () => {
    const x = random.uniform(0, 100)
    const y = random.uniform(0, 100)
    return [[x, y] as Point, [x + random.normal(0, 2), y + random.normal(0, 2)] as Point]
  })

/** A patch rubbed full. */
const blot: Maker = (random) => {
  const [wide, high] = [random.uniform(20, 50), random.uniform(25, 50)]
  const points = Array.from({ length: 60 + random.integer(60) }, (): Point => {
    const angle = random.uniform(0, 2 * Math.PI)
    const radius = Math.sqrt(random.uniform())
    return [wide * radius * Math.cos(angle), high * radius * Math.sin(angle)]
  })
  return [points]
}

/** Word-like running loops and arches, too small to be one character. */
const wordLike: Maker = (random) => {
  const letters = 3 + random.integer(4)
  const knots: Point[] = []
  for (let i = 0; i < letters; i++) {
    const up = random.uniform(12, random.chance(0.3) ? 55 : 28)
    knots.push(
      [i * 26, 0],
      [i * 26 + random.uniform(6, 14), -up],
      [i * 26 + random.uniform(2, 22), random.normal(0, 3)],
    )
  }
  return [smooth(knots)]
}

const makers: readonly Maker[] = [
  walk,
  curls,
  spiral,
  zigzag,
  wave,
  hatching,
  tangle,
  scrawl,
  dots,
  blot,
  wordLike,
]

/** Catmull-Rom through the knots. */
function smooth(knots: readonly Point[]): Point[] {
  const at = (i: number): Point => knots[Math.max(0, Math.min(knots.length - 1, i))] ?? [0, 0]
  const blend = (p0: number, p1: number, p2: number, p3: number, t: number): number =>
    0.5 *
    (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t ** 3)
  return knots.slice(0, -1).flatMap((_, i) =>
    Array.from({ length: 10 }, (_, step): Point => {
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
      return [blend(a[0], b[0], c[0], d[0], step / 10), blend(a[1], b[1], c[1], d[1], step / 10)]
    }),
  )
}
