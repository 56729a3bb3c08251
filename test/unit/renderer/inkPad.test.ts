import { describe, expect, it } from 'vitest'
import { InkPad } from '../../../src/renderer/pad/inkPad.svelte'
import type { Point } from '../../../src/shared/ink/ink'

function write(pad: InkPad, ...points: [Point, ...Point[]]): void {
  pad.begin(points[0], false)
  pad.extend(points.slice(1))
  pad.end()
}

/** A pad with a vertical stroke at each of the given x. */
function padWithStrokes(...xs: number[]): InkPad {
  const pad = new InkPad()
  for (const x of xs) write(pad, [x, 0], [x, 100])
  return pad
}

const xs = (pad: InkPad) => pad.ink().map((stroke) => stroke[0]?.[0])

describe('the ink pad', () => {
  it('gives the ink with the stroke under the pen, and keeps it when the pen lifts', () => {
    const pad = new InkPad()
    pad.begin([1, 2, 0, 0.5], true)
    pad.extend([[3, 4, 8, 0.6]])
    expect(pad.ink()).toEqual([
      [
        [1, 2, 0, 0.5],
        [3, 4, 8, 0.6],
      ],
    ])
    expect(pad.strokes).toEqual([])
    pad.end()
    expect(pad.strokes).toEqual([
      {
        points: [
          [1, 2, 0, 0.5],
          [3, 4, 8, 0.6],
        ],
        pressure: true,
      },
    ])
  })

  it('hands out ink that later points do not change', () => {
    const pad = new InkPad()
    pad.begin([0, 0], false)
    const ink = pad.ink()
    pad.extend([[5, 5]])
    expect(ink).toEqual([[[0, 0]]])
  })

  it('undoes and redoes strokes one by one', () => {
    const pad = padWithStrokes(10, 20, 30)
    pad.undo()
    pad.undo()
    expect(xs(pad)).toEqual([10])
    pad.redo()
    expect(xs(pad)).toEqual([10, 20])
    expect([pad.canUndo, pad.canRedo]).toEqual([true, true])
  })

  it('forgets what was undone as soon as something new is written', () => {
    const pad = padWithStrokes(10, 20)
    pad.undo()
    write(pad, [30, 0])
    expect(pad.canRedo).toBe(false)
    expect(pad.redo()).toBeNull()
    expect(xs(pad)).toEqual([10, 30])
  })

  it('brings everything back after a clear', () => {
    const pad = padWithStrokes(10, 20)
    pad.clear()
    expect(pad.isEmpty).toBe(true)
    pad.undo()
    expect(xs(pad)).toEqual([10, 20])
    pad.redo()
    expect(pad.isEmpty).toBe(true)
  })

  it('does not record the clearing of an empty pad', () => {
    const pad = new InkPad()
    pad.clear()
    expect(pad.canUndo).toBe(false)
  })

  it('erases the strokes that one gesture touched as one step', () => {
    const pad = padWithStrokes(10, 20, 30, 90)
    pad.beginErasing()
    expect(pad.eraseAlong([0, 50], [5, 50], 2)).toBe(false)
    expect(pad.eraseAlong([5, 50], [25, 50], 2)).toBe(true)
    expect(pad.eraseAlong([25, 50], [32, 50], 2)).toBe(true)
    pad.endErasing()
    expect(xs(pad)).toEqual([90])
    pad.undo()
    expect(xs(pad)).toEqual([10, 20, 30, 90])
    pad.redo()
    expect(xs(pad)).toEqual([90])
  })

  it('records no step for a gesture of the eraser that touched nothing', () => {
    const pad = padWithStrokes(10)
    pad.beginErasing()
    pad.eraseAlong([50, 50], [60, 50], 5)
    pad.endErasing()
    pad.undo()
    expect(pad.isEmpty).toBe(true)
  })

  it('drops a stroke that was cancelled without a trace', () => {
    const pad = padWithStrokes(10)
    pad.begin([50, 50], false)
    pad.cancel()
    expect(xs(pad)).toEqual([10])
    pad.undo()
    expect(pad.canUndo).toBe(false)
  })

  it('gives the ink back when a commit is undone, and does not redo the commit', () => {
    const pad = padWithStrokes(10, 20)
    const commit = pad.commit()
    expect(pad.isEmpty).toBe(true)
    expect(pad.isLast(commit)).toBe(true)
    expect(pad.undo()).toBe(commit)
    expect(xs(pad)).toEqual([10, 20])
    expect(pad.canRedo).toBe(false)
  })

  it('stays within the limits of the contract', () => {
    const pad = new InkPad()
    pad.begin([0, 0], false)
    for (let i = 0; i < 3; i++) pad.extend(Array.from({ length: 9000 }, (): Point => [i, i]))
    pad.end()
    expect(pad.strokes[0]?.points).toHaveLength(20_000)
    for (let i = 0; i < 600; i++) write(pad, [i, 0])
    expect(pad.strokes).toHaveLength(500)
  })
})
