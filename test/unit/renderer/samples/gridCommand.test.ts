import { describe, expect, it } from 'vitest'
import { gridCommandOf, moveTarget } from '../../../../src/renderer/samples/gridCommand'

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, isComposing: false }
const digits = ['0', '1', '2', '3', '10']
const press = (key: string, held: Partial<typeof plain> = {}, labels = digits) =>
  gridCommandOf({ key, ...plain, ...held }, labels)

describe('keys of the grid', () => {
  it('move, choose and change', () => {
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'move', move: 'left', extend: true })
    expect(press('Home', { ctrlKey: true })).toEqual({ kind: 'move', move: 'first', extend: false })
    const actions = {
      ' ': 'toggle',
      Enter: 'open',
      Delete: 'remove',
      u: 'undo',
      U: 'redo',
      k: 'keep',
      F2: 'label',
    }
    for (const [key, action] of Object.entries(actions))
      expect(press(key)).toEqual({ kind: 'action', action })
    expect(press('a', { ctrlKey: true })).toEqual({ kind: 'action', action: 'selectAll' })
    expect(press('z', { metaKey: true, shiftKey: true })).toEqual({ kind: 'action', action: 'redo' })
  })

  it('are labels where labels begin with them, and commands only then', () => {
    expect(press('3')).toEqual({ kind: 'type', text: '3' })
    expect(press('u', {}, ['u', 'v'])).toEqual({ kind: 'type', text: 'u' })
    expect(press('z', { ctrlKey: true }, ['u', 'z'])).toEqual({ kind: 'action', action: 'undo' })
    expect(press('é')).toEqual({ kind: 'type', text: 'é' })
  })

  it('open the field for what an input method composes', () => {
    expect(press('Process')).toEqual({ kind: 'action', action: 'label' })
    expect(press('x', { isComposing: true })).toEqual({ kind: 'action', action: 'label' })
  })

  it('mean nothing where they are the browser’s', () => {
    expect(press('Tab')).toBeNull()
    expect(press('F5')).toBeNull()
    expect(press('r', { ctrlKey: true })).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
  })
})

describe('moving through the grid', () => {
  const to = (from: number, move: Parameters<typeof moveTarget>[1]) => moveTarget(from, move, 23, 5, 2)

  it('goes from row to row and stays within', () => {
    expect([to(4, 'right'), to(5, 'left'), to(0, 'left'), to(22, 'right')]).toEqual([5, 4, 0, 22])
    expect([to(7, 'up'), to(7, 'down'), to(2, 'up')]).toEqual([2, 12, 2])
    expect([to(7, 'rowStart'), to(7, 'rowEnd'), to(21, 'rowEnd')]).toEqual([5, 9, 22])
    expect([to(7, 'pageUp'), to(17, 'pageUp'), to(7, 'pageDown'), to(17, 'pageDown')]).toEqual([2, 7, 17, 22])
    expect([to(7, 'first'), to(7, 'last')]).toEqual([0, 22])
  })

  it('goes down to the last sample where the last row is too short, and no farther', () => {
    expect([to(19, 'down'), to(21, 'down')]).toEqual([22, 21])
  })
})
