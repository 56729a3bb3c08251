/** Width and height of every thumbnail, in pixels. */
export const thumbnailSize = 28
export const thumbnailBytes = thumbnailSize * thumbnailSize

/** One sample of a page, as the grid needs it. */
export interface SampleCell {
  readonly id: number
  /** Index into the page's `labels`. */
  readonly label: number
  /** Index into the page's `labels` of what a model read; null where none has. */
  readonly predicted: number | null
  /** The prediction's probability, to 1/255; 0 without one. */
  readonly confidence: number
  readonly flagged: boolean
  readonly corrected: boolean
  readonly reviewed: boolean
  readonly hasInk: boolean
  /** `[28, 28]`, 0 paper to 255 ink: a view into the block. */
  readonly pixels: Uint8Array
}

/** id (4 bytes), label (2), predicted (2), confidence (1), marks (1), then the thumbnail; little-endian. */
const headBytes = 10
const cellBytes = headBytes + thumbnailBytes
const nothing = 0xffff
const marks = { flagged: 1, corrected: 2, reviewed: 4, hasInk: 8 } as const

/** Samples as one block of bytes, so that a page of hundreds is one message with nothing to parse. */
export function encodeSampleBlock(cells: readonly SampleCell[]): Uint8Array {
  const block = new Uint8Array(cells.length * cellBytes)
  const view = new DataView(block.buffer)
  cells.forEach((cell, index) => {
    const at = index * cellBytes
    view.setUint32(at, cell.id, true)
    view.setUint16(at + 4, cell.label, true)
    view.setUint16(at + 6, cell.predicted ?? nothing, true)
    view.setUint8(at + 8, Math.round(cell.confidence * 255))
    let set = 0
    if (cell.flagged) set |= marks.flagged
    if (cell.corrected) set |= marks.corrected
    if (cell.reviewed) set |= marks.reviewed
    if (cell.hasInk) set |= marks.hasInk
    view.setUint8(at + 9, set)
    block.set(cell.pixels, at + headBytes)
  })
  return block
}

/** How many samples a block holds. */
export function countSampleBlock(block: Uint8Array): number {
  return Math.floor(block.length / cellBytes)
}

/** The sample at a place of a block. @throws RangeError where there is none */
export function readSampleBlock(block: Uint8Array, index: number): SampleCell {
  const at = index * cellBytes
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const predicted = view.getUint16(at + 6, true)
  const set = view.getUint8(at + 9)
  return {
    id: view.getUint32(at, true),
    label: view.getUint16(at + 4, true),
    predicted: predicted === nothing ? null : predicted,
    confidence: view.getUint8(at + 8) / 255,
    flagged: (set & marks.flagged) !== 0,
    corrected: (set & marks.corrected) !== 0,
    reviewed: (set & marks.reviewed) !== 0,
    hasInk: (set & marks.hasInk) !== 0,
    pixels: block.subarray(at + headBytes, at + cellBytes),
  }
}
