import type { Ink, Point } from '../../../shared/ink/ink'
import type { Random } from '../../../shared/random'
import { bow, curve } from './lines'

type Form = (random: Random) => Point[][]

/**
 * Ways to write digits that are everyday in much of the world and next to absent from MNIST, whose writers all learned to
 * write in the United States: the slashed zero, the 1 with a flag and a foot, the crossed 7, the 9 with a hooked tail, the flat
 * 3 and the open 4. About 100 units high, y downwards.
 */
const forms: Readonly<Record<string, Form>> = {
  0: (random) => {
    const wide = random.uniform(20, 45)
    const start = random.uniform(-0.6, 0.3)
    const oval = curve(40, (share) => {
      const angle = 2 * Math.PI * (start - 0.25 - share * random.uniform(0.98, 1.02))
      return [wide * Math.cos(angle), 50 * Math.sin(angle)]
    })
    if (random.chance(0.25)) {
      // Closed with a flourish: the end curls on inside.
      const turns = random.uniform(1.05, 1.4)
      const tail = curve(50, (share) => {
        const angle = 2 * Math.PI * (start - 0.25 - share * turns)
        const inwards = 1 - Math.max(0, share - 0.75) * random.uniform(1.2, 1.4)
        return [wide * inwards * Math.cos(angle), 50 * inwards * Math.sin(angle)]
      })
      return [tail]
    }
    const reach = random.uniform(0.75, 1.5)
    const lean = random.uniform(-0.15, 1.1)
    const [x, y] = [Math.sin(lean) * wide * 1.2 * reach, -Math.cos(lean) * 50 * reach]
    const slash = random.chance(0.12)
      ? bow(random, -wide * random.uniform(1, 1.8), 0, wide * random.uniform(1, 1.8), 0)
      : bow(random, x, y, -x, -y)
    return [oval, slash]
  },
  1: (random) => {
    const length = random.uniform(20, 75)
    // Measured from the upright; a 7's bar begins where this ends.
    const angle = random.uniform(0.35, 0.98)
    const lean = random.normal(0, 8)
    const flag = bow(random, -length * Math.sin(angle), length * Math.cos(angle), 0, 0)
    const stem = [...flag, ...bow(random, 0, 0, -lean, 100)]
    const foot = random.uniform(12, 35)
    const level = 100 + random.normal(0, 3)
    return random.chance(0.45) ? [stem, bow(random, -lean - foot, level, -lean + foot, level)] : [stem]
  },
  3: (random) => {
    const wide = random.uniform(35, 60)
    const waist = random.uniform(30, 50)
    const belly = (100 - waist) / 2
    const top = [...bow(random, 0, 0, wide, random.normal(0, 4)), ...bow(random, wide, 0, wide * 0.35, waist)]
    const bow3 = curve(24, (share) => {
      const angle = Math.PI * (-0.5 + share * random.uniform(1.15, 1.2))
      return [wide * 0.4 + wide * 0.6 * Math.cos(angle), waist + belly + belly * Math.sin(angle)]
    })
    return [[...top, ...bow3]]
  },
  4: (random) => {
    const wide = random.uniform(40, 70)
    const bar = random.uniform(55, 75)
    const stem = wide * random.uniform(0.55, 0.9)
    const left = [
      ...bow(random, stem * random.uniform(0.2, 0.9), 0, 0, bar),
      ...bow(random, 0, bar, wide, bar),
    ]
    // The reading goes along with the hand: the first stroke alone is already meant to be a 4.
    if (random.chance(0.12)) return [left]
    return [left, bow(random, stem, random.uniform(5, 45), stem + random.normal(0, 6), 100)]
  },
  7: (random) => {
    const wide = random.uniform(40, 65)
    const foot = random.uniform(5, wide * 0.5)
    const bar = [...bow(random, 0, random.normal(2, 4), wide, 0), ...bow(random, wide, 0, foot, 100)]
    const hooked = random.chance(0.3) ? [...bow(random, -2, random.uniform(8, 20), 0, 0), ...bar] : bar
    const level = random.uniform(40, 62)
    const middle = wide + ((foot - wide) * level) / 100
    const [before, after] = [random.uniform(12, 28), random.uniform(12, 28)]
    const tilt = random.normal(0, 5)
    return random.chance(0.75)
      ? [hooked, bow(random, middle - before, level + tilt, middle + after, level - tilt)]
      : [hooked]
  },
  9: (random) => {
    const wide = random.uniform(12, 28)
    const high = random.uniform(14, 28)
    const loop = curve(30, (share) => {
      const angle = 2 * Math.PI * (-0.1 - share)
      return [wide * Math.cos(angle), high + high * Math.sin(angle)]
    })
    const bulge = random.uniform(0, 14)
    const hook = random.uniform(10, 40)
    const tail = curve(24, (share) => [
      wide + bulge * Math.sin(Math.PI * share) - Math.max(0, share - 0.55) * hook * 2.2,
      high + share * (100 - high) - Math.max(0, share - 0.8) * hook * 0.8,
    ])
    return [[...loop, ...tail]]
  },
}

/** The labels that there are such forms of. */
export const writtenFormLabels: readonly string[] = Object.keys(forms)

/** @throws Error for a label that is none of `writtenFormLabels` */
export function writtenForm(label: string, random: Random): Ink {
  const form = forms[label]
  if (!form) throw new Error(`there are no written forms of ${label}`)
  return form(random)
}
