import type { PageBox } from '../../shared/contract/pages'

/** A box of a page, and what is written in it as far as that was said. */
export interface LabelledBox extends PageBox {
  readonly label: string | null
  readonly confidence: number
}

/** The box around both, with the first one's label. */
export function mergeBoxes(first: LabelledBox, second: LabelledBox): LabelledBox {
  const x = Math.min(first.x, second.x)
  const y = Math.min(first.y, second.y)
  const right = Math.max(first.x + first.width, second.x + second.width)
  const bottom = Math.max(first.y + first.height, second.y + second.height)
  return { x, y, width: right - x, height: bottom - y, label: first.label, confidence: 1 }
}

/** Its left and right half. Null where it is too narrow. */
export function splitBox(box: LabelledBox): [LabelledBox, LabelledBox] | null {
  const left = Math.floor(box.width / 2)
  if (left < 1) return null
  return [
    { ...box, width: left, confidence: 1 },
    { ...box, x: box.x + left, width: box.width - left, label: null, confidence: 1 },
  ]
}

/** The box moved and made larger by some pixels, kept on the page and at least 4 pixels wide and high. */
export function adjustBox(
  box: LabelledBox,
  by: { x?: number; y?: number; width?: number; height?: number },
  page: { width: number; height: number },
): LabelledBox {
  const within = (value: number, least: number, most: number): number =>
    Math.round(Math.max(least, Math.min(most, value)))
  const width = within(box.width + (by.width ?? 0), 4, page.width - box.x)
  const height = within(box.height + (by.height ?? 0), 4, page.height - box.y)
  return {
    ...box,
    ...{ width, height },
    x: within(box.x + (by.x ?? 0), 0, page.width - width),
    y: within(box.y + (by.y ?? 0), 0, page.height - height),
  }
}
