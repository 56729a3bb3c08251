import type { Page } from 'playwright-core'
import { assertExists } from '../../src/shared/assert'

/** Strokes whose points lie in a unit square in the middle of the pad, as high as the pad. */
export type Drawing = readonly (readonly (readonly [number, number])[])[]

export const drawings = {
  one: [line([0.5, 0.2], [0.5, 0.8])],
  three: [
    [
      ...arc({ x: 0.49, y: 0.35, radius: 0.14, from: -150, to: 80 }),
      ...arc({ x: 0.49, y: 0.64, radius: 0.16, from: -80, to: 150 }),
    ],
  ],
  seven: [[...line([0.34, 0.24], [0.66, 0.24]), ...line([0.66, 0.24], [0.47, 0.8])]],
  /** Signs that are no digits. */
  corner: [[...line([0.35, 0.2], [0.35, 0.8]), ...line([0.35, 0.8], [0.7, 0.8])]],
  wedge: [[...line([0.3, 0.25], [0.5, 0.8]), ...line([0.5, 0.8], [0.7, 0.25])]],
  zigzag: [
    [...line([0.3, 0.8], [0.3, 0.25]), ...line([0.3, 0.25], [0.7, 0.8]), ...line([0.7, 0.8], [0.7, 0.25])],
  ],
  /** A dense tangle, as of somebody who tries the pen. */
  scribble: [
    Array.from({ length: 160 }, (_, i): [number, number] => [
      0.5 + 0.38 * Math.sin(i * 1.53) * Math.cos(i * 0.11),
      0.5 + 0.38 * Math.cos(i * 0.9) * Math.sin(i * 0.07 + 1),
    ]),
  ],
} satisfies Record<string, Drawing>

/** The same, as another hand-movement would have it: a little higher or larger, by `turn`. */
export function varied(drawing: Drawing, turn: number): Drawing {
  const scale = 1 + 0.04 * ((turn % 3) - 1)
  const shift = 0.02 * ((turn % 4) - 1.5)
  return drawing.map((stroke) =>
    stroke.map(([x, y], i): [number, number] => [
      0.5 + (x - 0.5) * scale + 0.008 * Math.sin(turn + i),
      0.5 + (y - 0.5) * scale + shift,
    ]),
  )
}

/** Draws with real pointer events, stroke by stroke, the pen lifted after each. */
export async function draw(page: Page, drawing: Drawing): Promise<void> {
  for (const stroke of drawing) {
    await drawWithoutLifting(page, stroke)
    await page.mouse.up()
  }
}

export async function drawWithoutLifting(page: Page, stroke: Drawing[number]): Promise<void> {
  const pad = assertExists(await page.getByTestId('pad').boundingBox(), 'the pad')
  const side = Math.min(pad.width, pad.height)
  const left = pad.x + (pad.width - side) / 2
  const top = pad.y + (pad.height - side) / 2
  for (const [i, [x, y]] of stroke.entries()) {
    await page.mouse.move(left + x * side, top + y * side)
    if (i === 0) await page.mouse.down()
  }
}

function line(from: [number, number], to: [number, number]): [number, number][] {
  const steps = 8
  return Array.from({ length: steps + 1 }, (_, i) => [
    from[0] + ((to[0] - from[0]) * i) / steps,
    from[1] + ((to[1] - from[1]) * i) / steps,
  ])
}

/** Angles in degrees, clockwise from the right. */
function arc(of: { x: number; y: number; radius: number; from: number; to: number }): [number, number][] {
  const steps = 16
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((of.from + ((of.to - of.from) * i) / steps) * Math.PI) / 180
    return [of.x + of.radius * Math.cos(angle), of.y + of.radius * Math.sin(angle)]
  })
}
