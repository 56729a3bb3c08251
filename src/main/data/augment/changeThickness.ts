let framed = new Uint8Array(0)

/**
 * Makes strokes thicker or thinner in place by a fraction of a pixel or more: grey dilation (or erosion) with the plus of four
 * neighbours widens a stroke by 2 pixels, and a mixture with the unchanged picture by less. What erosion takes from the
 * peak of a thin stroke is given back, so that the ink stays ink.
 *
 * @param thickness change of the stroke's width in pixels
 */
export function changeThickness(pixels: Uint8Array, width: number, height: number, thickness: number): void {
  for (let left = Math.abs(thickness); left > 0.01; left -= 2) {
    const share = Math.min(left, 2) / 2
    if (thickness > 0) morph(pixels, width, height, share, true)
    else {
      const before = peak(pixels)
      morph(pixels, width, height, share, false)
      raise(pixels, before)
    }
  }
}

function morph(pixels: Uint8Array, width: number, height: number, share: number, grow: boolean): void {
  // Erosion is dilation of the paper. The copy has a frame of no ink (or no paper), so that no neighbour is missing.
  const flip = grow ? 0 : 255
  const stride = width + 2
  if (framed.length !== stride * (height + 2)) framed = new Uint8Array(stride * (height + 2))
  framed.fill(0)
  for (let y = 0, at = 0; y < height; y++) {
    const to = (y + 1) * stride + 1
    for (let x = 0; x < width; x++, at++) framed[to + x] = (pixels[at] ?? 0) ^ flip
  }
  const weight = Math.round(share * 256)
  for (let y = 0, at = 0; y < height; y++) {
    let middle = (y + 1) * stride + 1
    for (let x = 0; x < width; x++, at++, middle++) {
      const own = framed[middle] ?? 0
      const left = framed[middle - 1] ?? 0
      const right = framed[middle + 1] ?? 0
      const above = framed[middle - stride] ?? 0
      const below = framed[middle + stride] ?? 0
      let most = own > left ? own : left
      if (right > most) most = right
      if (above > most) most = above
      if (below > most) most = below
      pixels[at] = (own + (((most - own) * weight + 128) >> 8)) ^ flip
    }
  }
}

function peak(pixels: Uint8Array): number {
  let most = 0
  for (const value of pixels) if (value > most) most = value
  return most
}

function raise(pixels: Uint8Array, wanted: number): void {
  const most = peak(pixels)
  if (most === 0 || most >= wanted) return
  const factor = Math.round(256 * Math.min(wanted / most, 2))
  for (let i = 0; i < pixels.length; i++) {
    const raised = ((pixels[i] ?? 0) * factor) >> 8
    pixels[i] = raised > 255 ? 255 : raised
  }
}
