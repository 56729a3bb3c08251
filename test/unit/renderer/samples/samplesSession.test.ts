import { describe, expect, it } from 'vitest'
import { addSamples } from '../../../../src/main/store/addSamples'
import { listDatasets } from '../../../../src/main/store/datasets'
import { listEdits, possibleSteps, stepThroughEdits } from '../../../../src/main/store/journal'
import { readSample } from '../../../../src/main/store/sampleDetail'
import { markSamples, relabelSamples, removeSamples } from '../../../../src/main/store/sampleEdits'
import type { EditDone } from '../../../../src/main/store/sampleEdits'
import { countFacets } from '../../../../src/main/store/sampleFacets'
import { SampleLists } from '../../../../src/main/store/sampleLists'
import { readPage } from '../../../../src/main/store/samplePages'
import { inTransaction } from '../../../../src/main/store/storeContext'
import { SamplesSession, type SessionClient } from '../../../../src/renderer/samples/samplesSession.svelte'
import { sampleQuerySchema } from '../../../../src/shared/samples/sampleQuery'
import { greySample, openSamples } from '../../../fixtures/openSamples'

/** A session over a real store, whose pages and places come when they are let. */
async function openSession(labels: readonly string[]) {
  const { context } = await openSamples()
  const { ids } = addSamples(
    context,
    labels.map((label, grey) => greySample(label, grey)),
    'sitting',
  )
  const lists = new SampleLists(context.store)
  const failures: unknown[] = []
  let open: () => void = () => undefined
  let gate: Promise<void> = Promise.resolve()
  const behindGate = async <Answer>(answer: () => Answer): Promise<Answer> => {
    await gate
    return answer()
  }
  const edited = async (done: EditDone) => {
    if (done) lists.changed(done.fields)
    return Promise.resolve({ edit: done?.edit ?? null })
  }
  const step = (direction: 'undo' | 'redo') => {
    const done = inTransaction(context, () => stepThroughEdits(context.store, direction))
    lists.changed(done.fields)
    return Promise.resolve(done.step)
  }
  const client: SessionClient = {
    samples: {
      page: ({ query, offset, count }) =>
        behindGate(() => readPage(context, lists, sampleQuerySchema.parse(query), offset, count)),
      locate: ({ query, ids: wanted }) =>
        behindGate(() => ({ offsets: lists.query(sampleQuerySchema.parse(query)).locate(wanted) })),
      ids: ({ query, offset, count }) =>
        Promise.resolve({
          ids: Array.from(lists.query(sampleQuerySchema.parse(query)).range(offset, count)),
        }),
      facets: ({ filter }) => countFacets(context, filter),
      get: ({ id }) => Promise.resolve(readSample(context, id)),
      relabel: ({ selection, label }) => edited(relabelSamples(context, selection, label)),
      mark: ({ selection, ...marks }) => edited(markSamples(context, selection, marks)),
      remove: async ({ selection }) => ({
        ...(await edited(removeSamples(context, selection))),
        counts: { total: 0, corrections: 0 },
      }),
    },
    datasets: { list: () => Promise.resolve(listDatasets(context.store)) },
    history: {
      undo: () => step('undo'),
      redo: () => step('redo'),
      list: ({ count = 100 } = {}) =>
        Promise.resolve({ edits: listEdits(context.store, count), ...possibleSteps(context.store) }),
    },
  }
  const session = new SamplesSession(client, {
    edited: () => undefined,
    undone: () => undefined,
    redone: () => undefined,
    failed: (thrown) => failures.push(thrown),
  })
  return {
    ...{ session, ids, failures },
    /** From now on no page and no place comes, until it is called what this gives. */
    shut: () => {
      gate = new Promise((resolve) => (open = resolve))
      return () => open()
    },
    labels: () => ids.map((id) => readSample(context, id).label),
    flagged: () => ids.map((id) => readSample(context, id).flagged),
  }
}

/** Waits, whatever is under way, until the condition holds. */
const until = (condition: () => unknown) => expect.poll(condition, { timeout: 10_000 })
const query = (filter = {}) => sampleQuerySchema.parse({ filter })

describe('a key that comes before its sample', () => {
  it('changes the sample at that place, and goes on to the next', async () => {
    const { session, shut, labels, failures } = await openSession(['a', 'b', 'c'])
    const open = shut()
    void session.open(query({ dataset: 1 }), null)
    expect([session.total, session.activeId]).toEqual([null, null])
    session.relabel('x')
    session.relabel('y')
    expect(session.active).toBe(2)
    open()
    await until(labels).toEqual(['x', 'y', 'c'])
    await until(() => session.total).toBe(3)
    expect([session.active, failures]).toEqual([2, []])
  })

  it('is not held to the size of the result that was shown before', async () => {
    const { session, shut, labels } = await openSession(['a', 'b', 'b'])
    void session.open(query({ labels: ['a'] }), null)
    await until(() => session.total).toBe(1)
    const open = shut()
    void session.open(query({ labels: ['b'] }), null)
    session.relabel('x')
    session.relabel('y')
    open()
    await until(labels).toEqual(['a', 'x', 'y'])
  })

  it('means the sample at which the result is opened', async () => {
    const { session, shut, ids, labels, failures } = await openSession(['a', 'b', 'c', 'd'])
    const open = shut()
    void session.open(query(), ids[2] ?? null)
    session.relabel('x')
    session.relabel('y')
    open()
    await until(labels).toEqual(['a', 'b', 'x', 'y'])
    expect(failures).toEqual([])
  })

  it('takes a flag away where there is one', async () => {
    const { session, shut, flagged } = await openSession(['a', 'b'])
    const open = shut()
    void session.open(query(), null)
    session.flag()
    await until(flagged).toEqual([true, false])
    session.flag()
    open()
    await until(flagged).toEqual([false, false])
  })

  it('does nothing where the result is shorter', async () => {
    const { session, shut, labels, failures } = await openSession(['a'])
    const open = shut()
    void session.open(query(), null)
    session.relabel('x')
    session.relabel('y')
    open()
    await until(labels).toEqual(['x'])
    await until(() => session.active).toBe(0)
    expect(failures).toEqual([])
  })
})
