import { inkBounds } from '../../../shared/ink/bounds'
import type { Ink } from '../../../shared/ink/ink'
import { mapInk } from '../../../shared/ink/transformInk'
import type { Random } from '../../../shared/random'

/** What lines are made of: the characters of one writer, by label. */
export type Hand = ReadonlyMap<string, readonly Ink[]>

/** Of a tall character, in the composed ink's unit. */
const height = 100

/**
 * A line as one hand might have written it: its own characters, each as tall as the others give or take a little, on a line that
 * wavers and climbs, close together or wide apart. Marks are drawn, since collections of characters hardly have any.
 * @throws Error for a character that the hand lacks
 */
export function composeLine(text: string, hand: Hand, random: Random): Ink {
  const spacing = random.uniform(0.02, 0.3)
  const slope = random.normal(0, 0.02)
  const line: Ink[number][] = []
  let x = 0
  for (const label of text) {
    const { ink, base, tall } = drawCharacter(label, hand, random)
    const bounds = inkBounds(ink)
    if (bounds === null) throw new Error('a character needs a point')
    const scale =
      (tall * height * random.uniform(0.88, 1.12)) / Math.max(bounds.height, bounds.width * 0.2, 1e-6)
    const foot = base * height + slope * x + random.normal(0, 0.04 * height)
    line.push(
      ...mapInk(ink, (fromX, fromY) => [
        x + (fromX - bounds.left) * scale,
        foot + (fromY - bounds.top - bounds.height) * scale,
      ]),
    )
    x += bounds.width * scale + Math.max(-0.08, spacing + random.normal(0, 0.06)) * height
  }
  return line
}

interface Drawn {
  readonly ink: Ink
  /** Of its lowest point under the baseline, in line heights. */
  readonly base: number
  /** Its own height, in line heights. */
  readonly tall: number
}

function drawCharacter(label: string, hand: Hand, random: Random): Drawn {
  const known = hand.get(label)
  const ink = known?.[random.integer(known.length)]
  if (ink) return { ink, base: 0, tall: 1 }
  const lean = random.normal(0, 2)
  if (label === '.')
    return {
      ink: [
        [
          [0, 0],
          [2, 3],
        ],
      ],
      base: 0.02,
      tall: random.uniform(0.02, 0.07),
    }
  if (label === ',')
    return {
      ink: [
        [
          [6, 0],
          [5, 10],
          [lean, 20],
        ],
      ],
      base: 0.18,
      tall: random.uniform(0.18, 0.3),
    }
  if (label === '/')
    return {
      ink: [
        [
          [random.uniform(35, 60), 0],
          [0, 100],
        ],
      ],
      base: 0.05,
      tall: 1.1,
    }
  if (label !== '-') throw new Error(`the hand lacks ${label}`)
  const wide = random.uniform(0.25, 0.5)
  return {
    ink: [
      [
        [0, 0],
        [100, lean],
      ],
    ],
    base: -0.42,
    tall: wide * 0.2,
  }
}
