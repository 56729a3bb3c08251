import { describe, expect, it } from 'vitest'
import { createTimeline } from '../../../../src/renderer/samples/inkTimeline'

const times = (timeline: ReturnType<typeof createTimeline>) =>
  timeline.strokes.map((stroke) => stroke.map(({ atMs }) => Math.round(atMs)))

describe('ink in time', () => {
  it('goes at the pace that it was written in', () => {
    const timeline = createTimeline([
      [
        [0, 0, 1000],
        [5, 0, 1040],
      ],
      [[0, 5, 1240]],
    ])
    expect(times(timeline)).toEqual([[0, 40], [240]])
    expect(timeline.durationMs).toBe(240)
  })

  it('cuts long rests short, and never runs backwards', () => {
    const timeline = createTimeline([[[0, 0, 0]], [[1, 1, 60_000]], [[2, 2, 50_000]]])
    expect(times(timeline)).toEqual([[0], [600], [600]])
  })

  it('makes a pace up where the ink tells none', () => {
    const timeline = createTimeline([
      [
        [0, 0],
        [0, 10],
      ],
      [[10, 10]],
    ])
    expect(times(timeline)).toEqual([[0, 667], [817]])
  })

  it('is a moment for a dot', () => {
    expect(createTimeline([[[3, 3]]]).durationMs).toBe(0)
  })
})
