import { expect, it } from 'vitest'
import { familyRows } from '../../../src/renderer/models/familyTree'
import type { ModelEntry } from '../../../src/shared/contract/registry'

function entry(name: string, parent: string | null, day: number): ModelEntry {
  return {
    ...{ name, folder: name, shipped: false, active: false, title: name, note: '', parent },
    ...{ created: `2025-01-0${day}T00:00:00.000Z`, classes: 2, parameters: 1, data: [] },
    ...{ validation: null, taught: null, replay: false, reads: 'characters' },
  }
}

it('models stand below what they were made from, and none is lost where a parent is gone or two name each other', () => {
  const rows = familyRows([
    entry('late', 'base', 3),
    entry('base', null, 1),
    entry('child', 'early', 4),
    entry('early', 'base', 2),
    entry('orphan', 'deleted', 5),
    entry('one', 'other', 6),
    entry('other', 'one', 7),
  ])
  expect(rows.map(({ model, depth, isLast }) => [model.name, depth, isLast])).toEqual([
    ['base', 0, false],
    ['early', 1, false],
    ['child', 2, true],
    ['late', 1, true],
    ['orphan', 0, true],
    ['one', 0, true],
    ['other', 0, true],
  ])
})
