import { describe, expect, it } from 'vitest'
import {
  cellAt,
  cellPlace,
  layOutGrid,
  topToShow,
  visibleRows,
  zoomLevels,
} from '../../../../src/renderer/samples/grid/gridLayout'
import { ScaledScroll } from '../../../../src/renderer/samples/grid/scaledScroll'
import { createShades, ThumbnailPainter } from '../../../../src/renderer/samples/grid/thumbnailPainter'
import { thumbnailBytes, thumbnailSize } from '../../../../src/shared/samples/sampleBlock'

describe('the layout of the grid', () => {
  it('finds every cell again at its own place', () => {
    const layout = layOutGrid(1003, 777, 56)
    for (const index of [0, 1, 12, 13, 500, 1002]) {
      const { x, y } = cellPlace(layout, index)
      expect(cellAt(layout, x + 1, y + 1)).toBe(index)
      expect(cellAt(layout, x + layout.cellWidthPx - 1, y + layout.cellHeightPx - 1)).toBe(index)
    }
  })

  it('has no cell beside the columns and after the last sample', () => {
    const layout = layOutGrid(5, 100, 24)
    expect(layout).toMatchObject({ columns: 4, rows: 2, leftPx: 2 })
    expect(cellAt(layout, 1, 1)).toBeNull()
    expect(cellAt(layout, 99, 1)).toBeNull()
    expect(cellAt(layout, 2 + 24, 24)).toBeNull()
  })

  it('shows rows that are cut at either edge', () => {
    const layout = layOutGrid(1000, 100, 10)
    expect(visibleRows(layout, 5, 30)).toEqual([0, 4])
    expect(visibleRows(layout, 990, 30)).toEqual([99, 100])
    expect(visibleRows(layOutGrid(0, 100, 10), 0, 30)).toEqual([0, 0])
  })

  it('scrolls no farther than it has to for a cell to be seen', () => {
    const layout = layOutGrid(1000, 100, 10)
    expect(topToShow(layout, 55, 40, 100)).toBe(40)
    expect(topToShow(layout, 5, 40, 100)).toBe(0)
    expect(topToShow(layout, 205, 40, 100)).toBe(110)
  })
})

describe('scrolling through more than an element can be high', () => {
  const million = layOutGrid(1_000_000, 1000, 160)

  it('is the plain position where it fits', () => {
    const scroll = new ScaledScroll()
    scroll.resize(50_000, 600)
    expect(scroll.isScaled).toBe(false)
    expect(scroll.elementPx).toBe(50_000)
    expect(scroll.topOf(1234)).toBe(1234)
  })

  it('reaches both ends at every zoom, with an element that browsers can hold', () => {
    for (const width of zoomLevels) {
      const { heightPx } = layOutGrid(1_000_000, 300, width)
      const scroll = new ScaledScroll()
      scroll.resize(heightPx, 600)
      expect(scroll.elementPx).toBeLessThanOrEqual(8_000_000)
      expect(scroll.topOf(0)).toBe(0)
      expect(scroll.topOf(scroll.elementPx - 600)).toBeCloseTo(heightPx - 600, 3)
    }
  })

  it('shows what it was put to, to the pixel, though the element is coarser', () => {
    const scroll = new ScaledScroll()
    scroll.resize(million.heightPx, 600)
    expect(scroll.isScaled).toBe(true)
    for (const top of [1, 178, 1_000_003, scroll.lastTopPx]) {
      // Browsers round the position that they are given.
      expect(scroll.topOf(Math.round(scroll.scrollTopFor(top)))).toBe(top)
    }
  })

  it('never leaves the content', () => {
    const scroll = new ScaledScroll()
    scroll.resize(million.heightPx, 600)
    expect(scroll.topOf(scroll.scrollTopFor(-50))).toBe(0)
    expect(scroll.topOf(scroll.scrollTopFor(1e12))).toBe(scroll.lastTopPx)
  })
})

describe('thumbnails', () => {
  const shades = createShades([255, 255, 255], [0, 0, 0])
  /** The greys, 0 paper to 255 ink, of a thumbnail drawn so large. */
  function drawn(pixels: Uint8Array, size: number): number[] {
    const target = new Uint32Array(size * size)
    new ThumbnailPainter(size).paint(target, size, 0, 0, pixels, shades)
    return Array.from(target, (pixel) => 255 - (pixel & 255))
  }
  const picture = Uint8Array.from({ length: thumbnailBytes }, (_, i) => (i * 37) % 256)
  const mean = (values: Iterable<number>) => {
    const all = [...values]
    return all.reduce((a, b) => a + b, 0) / all.length
  }

  it('are the very pixels at their own size', () => {
    expect(drawn(picture, thumbnailSize)).toEqual([...picture])
  })

  it('are neither lighter nor darker at any size', () => {
    for (const size of [1, 5, 9, 15, 28, 40, 56, 112]) {
      expect(drawn(new Uint8Array(thumbnailBytes).fill(200), size)).toEqual(Array(size * size).fill(200))
    }
    // Each pixel is rounded.
    for (const size of [7, 14, 28]) {
      expect(Math.abs(mean(drawn(picture, size)) - mean(picture))).toBeLessThan(1)
    }
  })

  it('keep their sides where they are', () => {
    const left = Uint8Array.from({ length: thumbnailBytes }, (_, i) => (i % 28 < 14 ? 255 : 0))
    for (const size of [8, 28, 56]) {
      const greys = drawn(left, size)
      expect([greys[0], greys[size - 1]]).toEqual([255, 0])
    }
  })

  it('go where they are told in a larger picture, and nowhere else', () => {
    const target = new Uint32Array(20 * 10)
    new ThumbnailPainter(4).paint(target, 20, 3, 2, new Uint8Array(thumbnailBytes), shades)
    const painted = [...target.keys()].filter((at) => target[at] !== 0)
    expect(painted).toHaveLength(16)
    expect(painted.every((at) => at % 20 >= 3 && at % 20 < 7 && at >= 40 && at < 120)).toBe(true)
  })
})
