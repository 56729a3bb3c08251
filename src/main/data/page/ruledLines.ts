/** A line of ruled paper runs over at least this share of the page, and is as long as this many characters. */
const least = { share: 0.35, characters: 4 } as const
/** A break of a line that is passed over, in pixels. */
const widestBreak = 3
/** The line of a field, in a picture of little more: digits that touch are no such line. */
const guide = { share: 0.6, heights: 1, widestBreak: 1 } as const

/**
 * Takes the lines of ruled or squared paper out of a straightened page's mask; strokes that cross them stay whole, as they go on
 * above and below. @param size the longer side of a usual character, in pixels
 */
export function withoutRuledLines(mask: Uint8Array, width: number, height: number, size: number): Uint8Array {
  const across = withoutLevelLines(mask, width, height, size)
  return transpose(withoutLevelLines(transpose(across, width, height), height, width, size), height, width)
}

/** Takes only the level lines, such as the one that an amount stands on, out of a mask. */
export function withoutGuideLines(mask: Uint8Array, width: number, height: number): Uint8Array {
  return withoutLines(
    mask,
    width,
    height,
    Math.max(guide.share * width, guide.heights * height),
    guide.widestBreak,
  )
}

function withoutLevelLines(mask: Uint8Array, width: number, height: number, size: number): Uint8Array {
  return withoutLines(
    mask,
    width,
    height,
    Math.max(least.share * width, least.characters * size),
    widestBreak,
  )
}

function withoutLines(
  mask: Uint8Array,
  width: number,
  height: number,
  shortest: number,
  widestBreak: number,
): Uint8Array {
  const onLine = markLines(mask, width, height, shortest, widestBreak)
  const thickness = thicknesses(mask, width, height)
  const found: number[] = []
  onLine.forEach((on, at) => {
    if (on === 1 && mask[at] !== 0) found.push(thickness[at] ?? 0)
  })
  if (found.length === 0) return mask
  found.sort((first, second) => first - second)
  const most = 1.5 * (found[found.length >> 1] ?? 0) + 1
  return mask.map((value, at) => (onLine[at] === 1 && (thickness[at] ?? 0) <= most ? 0 : value))
}

/** Runs of ink along a row and its two neighbours, so that a line may lie a little askew. */
function markLines(
  mask: Uint8Array,
  width: number,
  height: number,
  shortest: number,
  widestBreak: number,
): Uint8Array {
  const marks = new Uint8Array(mask.length)
  const isInked = (at: number): boolean => mask[at] !== undefined && mask[at] !== 0
  for (let y = 0; y < height; y++) {
    let start = -1
    let last = -1
    const row = y * width
    for (let x = 0; x <= width; x++) {
      const at = row + x
      const inked = x < width && (isInked(at) || isInked(at - width) || isInked(at + width))
      if (inked) {
        if (start < 0) start = x
        last = x
      } else if (start >= 0 && (x - last > widestBreak || x === width)) {
        if (last - start >= shortest) {
          for (const near of [row - width, row, row + width]) {
            // A negative place would be counted from the end.
            if (near >= 0) marks.fill(1, near + start, near + last + 1)
          }
        }
        start = -1
      }
    }
  }
  return marks
}

/** For each pixel of ink, how far the ink goes above and below it together. */
function thicknesses(mask: Uint8Array, width: number, height: number): Uint16Array {
  const result = new Uint16Array(mask.length)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if (mask[y * width + x] === 0) continue
      const top = y
      while (y < height && mask[y * width + x] !== 0) y++
      for (let inside = top; inside < y; inside++) result[inside * width + x] = y - top
    }
  }
  return result
}

function transpose(mask: Uint8Array, width: number, height: number): Uint8Array {
  const turned = new Uint8Array(mask.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = mask[y * width + x] ?? 0
  }
  return turned
}
