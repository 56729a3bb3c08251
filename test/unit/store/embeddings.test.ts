import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { addSamples } from '../../../src/main/store/addSamples'
import { findUnembedded, readEmbeddings, writeEmbeddings } from '../../../src/main/store/embeddings'
import { markSamples, relabelSamples, removeSamples } from '../../../src/main/store/sampleEdits'
import { SampleLists } from '../../../src/main/store/sampleLists'
import { keepMap, readMap } from '../../../src/main/store/sampleMaps'
import { listWriters } from '../../../src/main/store/sampleWriters'
import { wipePersonal } from '../../../src/main/store/wipe'
import { writeScores } from '../../../src/main/store/writeScores'
import { goneFromMap } from '../../../src/shared/samples/sampleMap'
import { sampleQuerySchema } from '../../../src/shared/samples/sampleQuery'
import { greySample, openSamples } from '../../fixtures/openSamples'

const model = { name: 'eyes', made: 'monday' }

/** Five samples, and what a model sees in all but the last: directions that turn away from the first. */
async function openSeen() {
  const { context, file } = await openSamples()
  const { ids } = addSamples(
    context,
    ['a', 'b', 'c', 'd', 'e'].map((label, grey) => greySample(label, grey)),
    'sitting',
  )
  const seen = Uint32Array.from([3, 1, 0, 2].map((at) => ids[at] ?? 0))
  findUnembedded(context, model, Uint32Array.from(ids))
  writeEmbeddings(context, model.name, seen, Float32Array.from([0, 3, 2, 1, 4, 0, -1, 0]))
  return { context, file, ids, seen }
}

describe('likeness', () => {
  it('orders samples by how a model sees them, and puts last those at which it has not looked', async () => {
    const { context, ids } = await openSeen()
    const lists = new SampleLists(context.store)
    const order = (descending: boolean, like: { sample: number; model: string }) => {
      const query = sampleQuerySchema.parse({ sort: { by: 'likeness', descending, like } })
      return [...lists.query(query).range(0, 10)].map((id) => ids.indexOf(id))
    }
    const [first = 0, , , fourth = 0, fifth = 0] = ids
    expect(order(false, { sample: first, model: 'eyes' })).toEqual([0, 1, 3, 2, 4])
    expect(order(true, { sample: first, model: 'eyes' })).toEqual([2, 3, 1, 0, 4])
    expect(order(false, { sample: fourth, model: 'eyes' }).slice(0, 2)).toEqual([3, 1])
    // Neither a sample nor a model that is not known loses anything.
    expect(order(false, { sample: fifth, model: 'eyes' })).toEqual([0, 1, 2, 3, 4])
    expect(order(false, { sample: first, model: 'others' })).toEqual([0, 1, 2, 3, 4])
  })

  it('is asked anew of a model that was made anew under its name', async () => {
    const { context, ids } = await openSeen()
    const all = Uint32Array.from(ids)
    expect([...findUnembedded(context, model, all)]).toEqual([ids[4]])
    expect([...findUnembedded(context, { name: 'eyes', made: 'tuesday' }, all)]).toEqual(ids)
  })

  it('is kept to a 255th of what was seen', async () => {
    const { context, seen } = await openSeen()
    const { ids, features } = readEmbeddings(context, 'eyes', seen)
    expect([...ids]).toEqual([...seen])
    for (const [at, value] of [0, 3, 2, 1, 4, 0, -1, 0].entries()) expect(features[at]).toBeCloseTo(value, 1)
  })

  it('goes with samples that are wiped, and leaves no trace of them in the file', async () => {
    const { context, file, ids } = await openSamples().then(async ({ context, file }) => {
      const { ids } = addSamples(context, [greySample('a', 1), greySample('b', 2)], 'sitting')
      return Promise.resolve({ context, file, ids })
    })
    findUnembedded(context, model, Uint32Array.from(ids))
    const vector = Float32Array.from({ length: 64 }, (_, at) => Math.sin(at * at))
    writeEmbeddings(context, model.name, Uint32Array.from(ids), Float32Array.from([...vector, ...vector]))
    const row = context.store.prepare('SELECT hex(vector) AS hex FROM embeddings').get() as { hex: string }
    const bytes = Buffer.from(row.hex, 'hex').subarray(0, 32)
    keepMap(context, 1, { ...drawn, ids: Uint32Array.from(ids) })
    context.store.pragma('wal_checkpoint(TRUNCATE)')
    expect((await readFile(file)).includes(bytes)).toBe(true)
    await wipePersonal(context, file)
    expect((await readFile(file)).includes(bytes)).toBe(false)
    expect(context.store.prepare('SELECT count(*) AS count FROM embeddings').get()).toMatchObject({
      count: 0,
    })
    expect(readMap(context, 1)).toBeNull()
    // The model's name is still there for what it looks at next.
    expect(findUnembedded(context, model, Uint32Array.from([]))).toHaveLength(0)
  })
})

const drawn = { model: 'eyes', total: 9, places: Float32Array.from([0, 0, 1, -1]) }

describe('a map', () => {
  it('is kept, and tells labels as they are now', async () => {
    const { context, ids } = await openSeen()
    const [first = 0, second = 0] = ids
    keepMap(context, 1, { ...drawn, ids: Uint32Array.from([second, first]) })
    const labels = () => {
      const map = readMap(context, 1)
      const index = new Uint16Array(Uint8Array.from(map?.labelIndex ?? []).buffer)
      return [...index].map((at) => (at === goneFromMap ? null : map?.labels[at]))
    }
    expect(labels()).toEqual(['b', 'a'])
    expect(readMap(context, 1)).toMatchObject({ model: 'eyes', total: 9 })
    relabelSamples(context, { ids: [second] }, 'x')
    removeSamples(context, { ids: [first] })
    expect(labels()).toEqual(['x', null])
    expect(readMap(context, 2)).toBeNull()
  })
})

describe('writers', () => {
  it('are told with how much they wrote and how much of it was read right', async () => {
    const { context } = await openSamples()
    const { ids } = addSamples(
      context,
      ['a', 'b', 'b', 'c'].map((label, at) =>
        greySample(label, at, { writer: at < 3 ? 'Ada' : 'Bo', source: 'collected' }),
      ),
      'sitting',
    )
    const score = { confidence: 0.9, loss: 0.1, uncertainty: 0.1 }
    writeScores(context, 'eyes', [
      { ...score, id: ids[0] ?? 0, predicted: 'a' },
      { ...score, id: ids[1] ?? 0, predicted: 'a' },
    ])
    expect(listWriters(context, {})).toEqual([
      { writer: 'Ada', samples: 3, labels: 2, read: 2, right: 1 },
      { writer: 'Bo', samples: 1, labels: 1, read: 0, right: 0 },
    ])
    markSamples(context, { ids: [ids[3] ?? 0] }, { flagged: true })
    expect(listWriters(context, { flagged: true }).map(({ writer }) => writer)).toEqual(['Bo'])
  })
})
