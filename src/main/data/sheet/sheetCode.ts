import { encodeQR } from 'qr'
import { decodeQR } from 'qr/decode.js'
import type { Raster } from '../../../shared/image/raster'
import { cellsPerSheet } from './sheetLayout'

/** What a sheet asks for. */
export interface SheetContent {
  /** From 1. */
  readonly page: number
  readonly pages: number
  /** One for each cell, row by row. */
  readonly labels: readonly string[]
}

const version = 'LONGHAND1'

/** The sheet's content as a QR code, true where it is dark, with a margin of one module. */
export function drawCode({ page, pages, labels }: SheetContent): boolean[][] {
  return encodeQR([version, page, pages, ...labels].join('\t'), 'raw', { ecc: 'medium', border: 1 })
}

/** Reads what drawCode drew; null where there is no such code on the picture. @param picture dark on light */
export function readCode({ width, height, pixels }: Raster): SheetContent | null {
  const data = new Uint8Array(pixels.length * 3)
  pixels.forEach((value, at) => data.fill(value, 3 * at, 3 * at + 3))
  let text: string
  try {
    text = decodeQR({ width, height, data }, { timeLimit: 5000 })
  } catch {
    return null
  }
  const [mark, page, pages, ...labels] = text.split('\t')
  if (mark !== version || labels.length > cellsPerSheet) return null
  const numbers = [Number(page), Number(pages)] as const
  if (!numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= 1000)) return null
  return labels.every((label) => label !== '' && label.length <= 64)
    ? { page: numbers[0], pages: numbers[1], labels }
    : null
}
