/** An 8-connected piece of a mask. `right` and `bottom` are the first column and row beyond it. */
export interface Component {
  readonly area: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Components {
  /** `[height, width]`: 0 where the mask is empty, else 1 + the index of the piece in `list`. */
  readonly owner: Int32Array
  /** In the order of their first pixels, row by row. */
  readonly list: readonly Component[]
}

/** Finds the 8-connected pieces of a mask, `[height, width]`, whatever is not 0 being in it. */
export function findComponents(mask: Uint8Array, width: number, height: number): Components {
  const owner = new Int32Array(width * height)
  const list: Component[] = []
  const pending: number[] = []
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || owner[start] !== 0) continue
    const own = list.length + 1
    let area = 0
    let [left, top, right, bottom] = [width, height, 0, 0]
    owner[start] = own
    pending.push(start)
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      area++
      const x = at % width
      const y = (at - x) / width
      if (x < left) left = x
      if (x >= right) right = x + 1
      if (y < top) top = y
      if (y >= bottom) bottom = y + 1
      const [lastX, lastY] = [Math.min(width - 1, x + 1), Math.min(height - 1, y + 1)]
      for (let nearY = Math.max(0, y - 1); nearY <= lastY; nearY++) {
        for (let nearX = Math.max(0, x - 1); nearX <= lastX; nearX++) {
          const near = nearY * width + nearX
          if (owner[near] !== 0 || mask[near] === 0) continue
          owner[near] = own
          pending.push(near)
        }
      }
    }
    list.push({ area, left, top, right, bottom })
  }
  return { owner, list }
}
