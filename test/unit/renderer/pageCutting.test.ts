import { describe, expect, it } from 'vitest'
import { adjustBox, mergeBoxes, splitBox } from '../../../src/renderer/pages/boxEdits'
import { PageCutting } from '../../../src/renderer/pages/pageCutting.svelte'
import type { Client } from '../../../src/shared/contract/client'

const page = { width: 100, height: 50 }
const box = (x: number) => ({ x, y: 10, width: 10, height: 20, label: null, confidence: 0.4 })

/** A page of four boxes, without anybody behind it. */
function openCutting(): PageCutting {
  const cutting = new PageCutting({} as Client)
  const boxes = [5, 25, 45, 65].map((x, column) => ({ ...box(x), row: 0, column }))
  cutting.page = { ...page, page: new Uint8Array(), boxes, sheet: null }
  cutting.boxes = boxes
  return cutting
}

const labelsOf = ({ boxes }: PageCutting): (string | null)[] => boxes.map(({ label }) => label)

describe('labelling a page', () => {
  it('goes on from box to box as one types, and takes what an input method gives at once', () => {
    const cutting = openCutting()
    cutting.type('a')
    cutting.type('永 字')
    expect(labelsOf(cutting)).toEqual(['a', '永', '字', null])
    expect(cutting.selected).toBe(3)
    cutting.type('xyz')
    expect(labelsOf(cutting)).toEqual(['a', '永', '字', 'x'])
  })

  it('is undone step by step', () => {
    const cutting = openCutting()
    cutting.type('a')
    cutting.remove()
    cutting.undo()
    cutting.undo()
    expect(labelsOf(cutting)).toEqual([null, null, null, null])
    expect(cutting.canUndo).toBe(false)
  })
})

describe('putting boxes right', () => {
  it('joins a box with the next, parts it, takes it out and adds one behind it', () => {
    const cutting = openCutting()
    cutting.mergeWithNext()
    expect(cutting.boxes.map(({ x, width }) => [x, width])).toEqual([
      [5, 30],
      [45, 10],
      [65, 10],
    ])
    cutting.split()
    expect(cutting.boxes.map(({ x, width }) => [x, width]).slice(0, 2)).toEqual([
      [5, 15],
      [20, 15],
    ])
    cutting.remove()
    cutting.add({ x: 90, y: 40, width: 30, height: 30 })
    expect(cutting.boxes).toHaveLength(4)
    expect(cutting.boxes[1]).toMatchObject({ x: 90, width: 10, y: 40, height: 10 })
  })

  it('never leaves the page', () => {
    expect(adjustBox(box(5), { x: -50, y: 500 }, page)).toMatchObject({ x: 0, y: 30 })
    expect(adjustBox(box(5), { width: -50, height: 500 }, page)).toMatchObject({ width: 4, height: 40 })
  })

  it('keeps the first label of what is joined', () => {
    expect(mergeBoxes({ ...box(5), label: 'a' }, box(25))).toMatchObject({ label: 'a', x: 5, width: 30 })
    expect(splitBox({ ...box(5), width: 1 })).toBeNull()
  })
})
