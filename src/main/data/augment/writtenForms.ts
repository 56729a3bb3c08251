import type { Ink, Point } from '../../../shared/ink/ink'
import type { Random } from '../../../shared/random'
import { knotForm, knotFormLabels } from './knotForms'
import { bow, curve } from './lines'

type Form = (random: Random) => Point[][]

/**
 * Ways to write digits that are everyday in much of the world and next to absent from MNIST, whose writers all learned to
 * write in the United States: the slashed zero, the 1 with a flag and a foot, the flat 3, the open 4, the 5 with a loose bar, the
 * 6 that curls up, the crossed 7, the 8 that stays open and the 9 with a hooked tail. About 100 units high, y downwards.
 */
const forms: Readonly<Record<string, Form>> = {
  0: (random) => {
    const wide = random.uniform(18, 45)
    const high = random.uniform(24, 50)
    const start = random.uniform(-0.85, 0.05)
    const turns = random.chance(0.25) ? random.uniform(1.05, 1.4) : random.uniform(0.95, 1.02)
    const curl = random.uniform(1.2, 1.4)
    const oval = curve(45, (share) => {
      const angle = 2 * Math.PI * (start - share * turns)
      // What goes beyond a full turn is a flourish that curls on inside.
      const inwards = 1 - Math.max(0, share * turns - 1) * curl
      return [wide * inwards * Math.cos(angle), high * inwards * Math.sin(angle)]
    })
    if (turns > 1.02) return [oval]
    if (random.chance(0.1)) {
      const reach = wide * random.uniform(1, 1.8)
      return [oval, bow(random, -reach, 0, reach, 0)]
    }
    // From a stroke that stays inside to one that is twice as long as the oval.
    const lean = random.uniform(-0.2, 1.05)
    const inside = 1 / Math.hypot(Math.sin(lean) / wide, Math.cos(lean) / high)
    const reach = inside * random.uniform(0.8, 1.9)
    const [aside, along] = [random.normal(0, wide / 8), random.normal(0, high / 8)]
    const [x, y] = [Math.sin(lean) * reach, -Math.cos(lean) * reach]
    return [oval, bow(random, x + aside, y + along, aside - x, along - y)]
  },
  1: (random) => {
    const length = random.uniform(20, 60)
    // Measured from the upright; a 7's bar begins where this ends.
    const angle = random.uniform(0.35, 0.9)
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
    return [left, bow(random, stem, random.uniform(5, 45), stem + random.normal(0, 6), 100)]
  },
  5: (random) => {
    const wide = random.uniform(30, 60)
    const waist = random.uniform(25, 45)
    const belly = (100 - waist) / 2
    const open = random.uniform(0.75, 1.1)
    const body = [
      ...bow(random, random.uniform(0, 8), 0, 0, waist),
      ...curve(24, (share) => {
        const angle = Math.PI * (-0.62 + share * (0.62 + open))
        return [wide * 0.38 + wide * 0.62 * Math.cos(angle), waist + belly + belly * Math.sin(angle)]
      }),
    ]
    // The bar comes last, and not always to where the body began.
    const [gap, slope] = [random.normal(0, 5), random.normal(0, 6)]
    return [body, bow(random, random.uniform(-4, 14), gap, wide * random.uniform(0.8, 1.5), gap + slope)]
  },
  6: (random) => {
    const wide = random.uniform(20, 45)
    const high = random.uniform(16, 30)
    const lean = random.uniform(-10, 45)
    // Down the back, round the bottom, and curling up inside without coming back to where it left.
    const back = bow(random, lean, 0, -wide, 100 - high)
    const turns = random.uniform(0.7, 1.05)
    const curl = random.uniform(0.1, 0.7)
    const belly = curve(30, (share) => {
      const angle = Math.PI - 2 * Math.PI * turns * share
      const inwards = 1 - Math.max(0, share - 0.55) * curl
      return [wide * inwards * Math.cos(angle), 100 - high + high * inwards * Math.sin(angle)]
    })
    return [[...back, ...belly]]
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
  8: (random) => {
    // One stroke whose upper loop stays open at the top.
    const [upper, lower] = [random.uniform(18, 34), random.uniform(22, 40)]
    const [from, to] = [random.uniform(0, 0.85), 2 * Math.PI - random.uniform(0.1, 1)]
    const hand = random.chance(0.75) ? -1 : 1
    const lean = random.normal(0.1, 0.15)
    return [
      curve(44, (share) => {
        const angle = from + (to - from) * share
        const y = -50 * Math.cos(angle)
        return [hand * (y < 0 ? upper : lower) * Math.sin(2 * angle) - lean * y, y]
      }),
    ]
  },
  9: (random) => (random.chance(0.5) ? hookedNine(random) : snakeNine(random)),
}

/** A loop, and down its right side a tail that ends in a hook. */
function hookedNine(random: Random): Point[][] {
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
}

/** Written as an S whose beginning closes the upper bow. */
function snakeNine(random: Random): Point[][] {
  const wide = random.uniform(16, 32)
  const high = random.uniform(14, 24)
  const start = random.uniform(-0.05, 0.4)
  const bottom = -1.5 + random.uniform(0, 0.25)
  const head = curve(26, (share) => {
    const angle = Math.PI * (start + (bottom - start) * share)
    return [wide * Math.cos(angle), high + high * Math.sin(angle)]
  })
  const [leaveX, leaveY] = head.at(-1) ?? [0, 2 * high]
  const bulge = wide * random.uniform(0.9, 1.8)
  const hook = random.uniform(0, 1.4) * wide
  const tail = curve(24, (t) => [
    (1 - t) ** 3 * leaveX + 3 * (1 - t) ** 2 * t * bulge + 3 * (1 - t) * t ** 2 * bulge - t ** 3 * hook,
    (1 - t) ** 3 * leaveY + 3 * (1 - t) ** 2 * t * leaveY + 3 * (1 - t) * t ** 2 * 85 + t ** 3 * 100,
  ])
  return [[...head, ...tail]]
}

/** Share of the forms that are drawn through knots; the others follow a formula. */
const knotShare = 0.5

/** The labels that there are such forms of. */
export const writtenFormLabels = knotFormLabels

/** @throws Error for a label that is none of `writtenFormLabels` */
export function writtenForm(label: string, random: Random): Ink {
  const form = forms[label]
  return form && !random.chance(knotShare) ? form(random) : knotForm(label, random)
}
