import { describe, expect, it } from 'vitest'
import { shortcutOf } from '../../../src/renderer/write/shortcut'

const key = (name: string, ...held: string[]) => ({
  key: name,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
})

describe('the keys of the Write screen', () => {
  it.each([
    [key('z', 'ctrl'), { action: 'undo' }],
    [key('z', 'meta'), { action: 'undo' }],
    [key('Z', 'ctrl', 'shift'), { action: 'redo' }],
    [key('y', 'ctrl'), { action: 'redo' }],
    [key('c', 'ctrl'), { action: 'copy' }],
    [key('Escape'), { action: 'clear' }],
    [key('Enter'), { action: 'accept' }],
    [key('Backspace'), { action: 'backspace' }],
    [key('e'), { action: 'eraser' }],
    [key('1'), { action: 'pick', index: 0 }],
    [key('5'), { action: 'pick', index: 4 }],
  ])('%o means %o', (event, shortcut) => {
    expect(shortcutOf(event)).toEqual(shortcut)
  })

  it.each([
    key('6'),
    key('0'),
    key('z'),
    key('3', 'alt'),
    key('1', 'ctrl'),
    key('c', 'ctrl', 'shift'),
    key('Tab'),
  ])('%o means nothing', (event) => {
    expect(shortcutOf(event)).toBeNull()
  })
})
