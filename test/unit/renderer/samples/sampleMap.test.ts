import { describe, expect, it } from 'vitest'
import {
  countLabels,
  pointsInside,
  pointsWithin,
  readMapPoints,
} from '../../../../src/renderer/samples/map/mapPoints'
import { toMap, toScreen, viewWith, wholeMap, zoomAbout } from '../../../../src/renderer/samples/map/mapView'
import { goneFromMap } from '../../../../src/shared/samples/sampleMap'

const bytes = (numbers: ArrayBufferView) => new Uint8Array(numbers.buffer)
const points = readMapPoints({
  ...{ atMs: 0, model: 'eyes', total: 4, labels: ['a', 'b'] },
  ids: bytes(Uint32Array.from([11, 12, 13, 14])),
  places: bytes(Float32Array.from([0, 0, 0.5, 0, 0.9, 0.9, -1, -1])),
  labelIndex: bytes(Uint16Array.from([0, 1, goneFromMap, 1])),
})
const size = { widthPx: 800, heightPx: 600 }

describe('the points of a map', () => {
  it('are those of samples that are still there', () => {
    expect([...points.ids]).toEqual([11, 12, 14])
    expect([...points.places]).toEqual([0, 0, 0.5, 0, -1, -1])
  })

  it('are found within a circle, the nearest first, and counted by label', () => {
    expect(pointsWithin(points, { x: 0.4, y: 0 }, 0.5)).toEqual([1, 0])
    expect(countLabels(points, [0, 1, 2])).toEqual([
      ['b', 2],
      ['a', 1],
    ])
  })

  it('are found inside an outline that bends inwards, and not in the bend', () => {
    const outline = [
      { x: -0.2, y: -0.5 },
      { x: 0.8, y: -0.5 },
      { x: 0.8, y: 0.5 },
      { x: -0.1, y: -0.4 },
      { x: -0.2, y: 0.5 },
    ]
    expect(pointsInside(points, outline)).toEqual([1])
    expect(pointsInside(points, [])).toEqual([])
  })
})

describe('the view of a map', () => {
  it('keeps a place where it is while it zooms, and never shows less than the whole', () => {
    const fixed = { x: 0.3, y: -0.2 }
    const closer = zoomAbout(wholeMap, fixed, 4)
    const { x, y } = toScreen(wholeMap, size, fixed)
    expect(toScreen(closer, size, fixed).x).toBeCloseTo(x)
    expect(toScreen(closer, size, fixed).y).toBeCloseTo(y)
    const whole = zoomAbout(closer, fixed, 0.01)
    expect(whole.zoom).toBe(1)
    expect(whole.centre.x).toBeCloseTo(0)
    expect(whole.centre.y).toBeCloseTo(0)
  })

  it('leads from the screen to the map and back', () => {
    const view = zoomAbout(wholeMap, { x: 0.5, y: 0.5 }, 3)
    const there = toMap(view, size, { x: 123, y: 45 })
    expect(toScreen(view, size, there).x).toBeCloseTo(123)
    expect(toScreen(view, size, there).y).toBeCloseTo(45)
  })

  it('follows a place that would leave it, and stays where that is seen', () => {
    const view = zoomAbout(wholeMap, { x: 0, y: 0 }, 8)
    expect(viewWith(view, size, { x: 0.01, y: 0 })).toEqual(view)
    const { x } = toScreen(viewWith(view, size, { x: 1, y: 0 }), size, { x: 1, y: 0 })
    expect(x).toBeLessThan(size.widthPx)
  })
})
