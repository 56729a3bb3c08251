import { describe, expect, it } from 'vitest'
import { addSamples } from '../../../src/main/store/addSamples'
import { createDataset, listDatasets, removeDataset, renameDataset } from '../../../src/main/store/datasets'
import { listEdits, possibleSteps, stepThroughEdits } from '../../../src/main/store/journal'
import { readSample } from '../../../src/main/store/sampleDetail'
import {
  markSamples,
  relabelSamples,
  removeSamples,
  setSplit,
  setWriter,
} from '../../../src/main/store/sampleEdits'
import { countFacets } from '../../../src/main/store/sampleFacets'
import { SampleLists } from '../../../src/main/store/sampleLists'
import { pickSamples, readPage } from '../../../src/main/store/samplePages'
import { computeStats, listSessions } from '../../../src/main/store/sampleStats'
import { inTransaction, type StoreContext } from '../../../src/main/store/storeContext'
import { writeScores } from '../../../src/main/store/writeScores'
import { countSampleBlock, readSampleBlock } from '../../../src/shared/samples/sampleBlock'
import {
  sampleQuerySchema,
  type SampleFilter,
  type SampleSort,
} from '../../../src/shared/samples/sampleQuery'
import { greySample, openSamples } from '../../fixtures/openSamples'

/** The labels of a query's result, in its order. */
function labelsOf(
  context: StoreContext,
  filter: SampleFilter = {},
  sort: Partial<SampleSort> = {},
): string[] {
  const query = sampleQuerySchema.parse({ filter, sort })
  const { block, labels, total } = readPage(context, new SampleLists(context.store), query, 0, 1000)
  expect(countSampleBlock(block)).toBe(total)
  return Array.from({ length: total }, (_, at) => labels[readSampleBlock(block, at).label] ?? '')
}

const step = (context: StoreContext, direction: 'undo' | 'redo') =>
  inTransaction(context, () => stepThroughEdits(context.store, direction)).step

/** Counts that the triggers keep, and counts that are taken anew. */
async function expectCountsToHold(context: StoreContext): Promise<void> {
  const kept = await countFacets(context, {})
  // A condition that all fit makes it look at the samples.
  expect(await countFacets(context, { from: 0 })).toEqual(kept)
}

describe('samples', () => {
  it('are found by every filter alone and together, in each order', async () => {
    const { context } = await openSamples()
    const { dataset } = createDataset(context, 'other')
    const [first = 0, second = 0, third = 0] = addSamples(
      context,
      [
        greySample('b', 1, { writer: 'Ada', session: 's1' }),
        greySample('a', 2, { writer: 'Bo', session: 's1', source: 'correction', predicted: 'b', model: 'm' }),
        greySample('c', 3, { dataset: dataset.id, session: 's2' }),
      ],
      'now',
    ).ids
    writeScores(context, 'm', [
      { id: third, predicted: 'c', confidence: 0.9, loss: 0.1, uncertainty: 0.5 },
      { id: first, predicted: 'c', confidence: 0.4, loss: 2, uncertainty: 1 },
    ])
    markSamples(context, { ids: [third] }, { flagged: true })
    const { createdMs } = readSample(context, first)
    expect(labelsOf(context)).toEqual(['b', 'a', 'c'])
    expect(labelsOf(context, { dataset: dataset.id })).toEqual(['c'])
    expect(labelsOf(context, { labels: ['c', 'a', 'nobody'] })).toEqual(['a', 'c'])
    expect(labelsOf(context, { writers: ['Ada', null] })).toEqual(['b', 'c'])
    expect(labelsOf(context, { sessions: ['s1'], sources: ['confirmation'] })).toEqual(['b'])
    expect(labelsOf(context, { corrected: true })).toEqual(['a'])
    expect(labelsOf(context, { flagged: false })).toEqual(['b', 'a'])
    expect(labelsOf(context, { reviewed: true })).toEqual([])
    expect(labelsOf(context, { predicted: ['c'] })).toEqual(['b', 'c'])
    expect([labelsOf(context, { right: true }), labelsOf(context, { right: false })]).toEqual([
      ['c'],
      ['b', 'a'],
    ])
    expect(labelsOf(context, { confidence: { from: 0.3, to: 0.5 } })).toEqual(['b'])
    expect(labelsOf(context, { from: createdMs + 1_000_000 })).toEqual([])
    expect(labelsOf(context, { to: createdMs + 1_000_000 })).toHaveLength(3)
    expect(labelsOf(context, { splits: ['train', 'validation', 'test'] })).toHaveLength(3)
    expect(labelsOf(context, {}, { descending: true })).toEqual(['c', 'a', 'b'])
    expect(labelsOf(context, {}, { by: 'label' })).toEqual(['a', 'b', 'c'])
    expect(labelsOf(context, {}, { by: 'loss' })).toEqual(['c', 'b', 'a'])
    // What no model has read is last in both directions.
    expect(labelsOf(context, {}, { by: 'uncertainty', descending: true })).toEqual(['b', 'c', 'a'])
    const picked = pickSamples(context, [third, 999, second])
    expect([picked.total, readSampleBlock(picked.block, 0)]).toEqual([
      2,
      expect.objectContaining({ id: third, flagged: true, pixels: new Uint8Array(784).fill(3) }),
    ])
    await expectCountsToHold(context)
  })

  it('are changed, taken back and changed again, each as a whole', async () => {
    const { context } = await openSamples()
    const { ids } = addSamples(context, [greySample('a', 1), greySample('b', 2), greySample('c', 3)], 'now')
    const [first = 0, second = 0] = ids
    relabelSamples(context, { ids: [first, second] }, 'x')
    markSamples(context, { filter: { labels: ['x'] } }, { flagged: true, reviewed: true })
    removeSamples(context, { ids: [first] })
    expect(labelsOf(context)).toEqual(['x', 'c'])
    expect(step(context, 'undo')).toMatchObject({ edit: { kind: 'remove', undone: true }, ids: [first] })
    expect(step(context, 'undo')).toMatchObject({ edit: { kind: 'mark' }, ids: [first, second] })
    expect(labelsOf(context, { flagged: true })).toEqual([])
    step(context, 'undo')
    expect(labelsOf(context)).toEqual(['a', 'b', 'c'])
    await expectCountsToHold(context)
    step(context, 'redo')
    expect(step(context, 'redo')).toMatchObject({ edit: { kind: 'mark' }, canRedo: true })
    expect(labelsOf(context, { flagged: true, corrected: true })).toEqual(['x', 'x'])
    expect(
      readSample(context, first).history.map(({ field, before, after }) => [field, before, after]),
    ).toEqual([
      ['dataset', '0', '1'],
      ['corrected', '0', '1'],
      ['label', 'a', 'x'],
      ['flagged', '0', '1'],
      ['reviewed', '0', '1'],
    ])
    // Another change, and what was undone cannot be done again.
    relabelSamples(context, { ids }, 'y')
    expect(possibleSteps(context.store)).toEqual({ canUndo: true, canRedo: false })
    expect(listEdits(context.store, 10).map(({ kind }) => kind)).toEqual([
      'relabel',
      'mark',
      'relabel',
      'add',
    ])
    await expectCountsToHold(context)
  })

  it('that are so already are no change', async () => {
    const { context } = await openSamples()
    const { ids } = addSamples(context, [greySample('a', 1)], 'now')
    expect(relabelSamples(context, { ids }, 'a')).toBeNull()
    expect(markSamples(context, { ids }, { flagged: false })).toBeNull()
    expect(listEdits(context.store, 10)).toHaveLength(1)
  })

  it('of one writer and session are in one split, and stay there', async () => {
    const { context } = await openSamples()
    const many = Array.from({ length: 200 }, (_, at) =>
      greySample('a', at % 256, { writer: `w${at % 40}`, session: `s${at % 2}` }),
    )
    const { ids } = addSamples(context, many, 'now')
    const splitOf = new Map<string, string>()
    for (const id of ids) {
      const { writer, session, split } = readSample(context, id)
      const key = `${writer} ${session}`
      expect(splitOf.get(key) ?? split).toBe(split)
      splitOf.set(key, split)
    }
    expect(new Set(splitOf.values())).toEqual(new Set(['train', 'validation', 'test']))
    // Moved by one of its samples, the whole sitting goes along, and what is written in it later.
    const [first = 0] = ids
    const wanted = readSample(context, first).split === 'test' ? 'train' : 'test'
    expect(setSplit(context, { ids: [first] }, wanted)?.edit.count).toBe(5)
    const [later = 0] = addSamples(context, [greySample('a', 9, { writer: 'w0', session: 's0' })], 'now').ids
    expect(readSample(context, later).split).toBe(wanted)
    const stranger = addSamples(context, [greySample('a', 8, { session: 's0' })], 'now').ids
    setWriter(context, { ids: stranger }, 'w0')
    expect(readSample(context, stranger[0] ?? 0)).toMatchObject({ writer: 'w0', split: wanted })
  })

  it('are told by sitting, and by what each label looks like', async () => {
    const { context } = await openSamples()
    addSamples(context, [greySample('a', 10), greySample('a', 30), greySample('b', 7)], 'now')
    expect(listSessions(context, 1)).toMatchObject([
      {
        session: 'now',
        samples: 3,
        labels: [
          { value: 'a', count: 2 },
          { value: 'b', count: 1 },
        ],
      },
    ])
    const [a, b] = await computeStats(context, {}, new AbortController().signal)
    expect([a?.label, a?.count, a?.mean[0], a?.spread[783]]).toEqual(['a', 2, 20, 10])
    expect([b?.label, b?.mean[5], b?.spread[5]]).toEqual(['b', 7, 0])
  })
})

describe('a list of a query that was asked before', () => {
  it('is asked again where a change concerns it, also by another process', async () => {
    const { context } = await openSamples()
    const lists = new SampleLists(context.store)
    const query = sampleQuerySchema.parse({ filter: { labels: ['a'] } })
    const { ids } = addSamples(context, [greySample('a', 1), greySample('b', 2)], 'now')
    expect(lists.query(query).total).toBe(1)
    // Without a word to the lists, as another process would.
    relabelSamples(context, { ids }, 'a')
    expect(lists.query(query).total).toBe(2)
    const done = relabelSamples(context, { ids: ids.slice(0, 1) }, 'c')
    lists.changed(done?.fields ?? [])
    expect(lists.query(query).locate(ids)).toEqual([null, 0])
  })
})

describe('data sets', () => {
  it('are made, renamed, taken out and brought back', async () => {
    const { context } = await openSamples()
    const { dataset } = createDataset(context, 'one')
    addSamples(context, [greySample('a', 1, { dataset: dataset.id })], 'now')
    expect(() => createDataset(context, 'one')).toThrow(expect.objectContaining({ code: 'dataset-exists' }))
    expect(() => removeDataset(context, 1)).toThrow(expect.objectContaining({ code: 'dataset-own' }))
    renameDataset(context, dataset.id, 'two')
    removeDataset(context, dataset.id)
    expect([listDatasets(context.store).map(({ name }) => name), labelsOf(context)]).toEqual([['mine'], []])
    expect(() => renameDataset(context, dataset.id, 'x')).toThrow(
      expect.objectContaining({ code: 'dataset-unknown' }),
    )
    step(context, 'undo')
    expect(listDatasets(context.store)).toMatchObject([
      { name: 'mine' },
      { name: 'two', samples: 1, labels: 1 },
    ])
  })
})
