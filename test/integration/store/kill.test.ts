import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { EngineClient } from '../../../src/main/engineProcess/host/engineClient'
import { forkEngine } from '../../../src/main/engineProcess/host/forkEngine'
import { importRequestSchema } from '../../../src/shared/contract/sampleImport'
import { Random } from '../../../src/shared/random'
import { countSampleBlock, readSampleBlock } from '../../../src/shared/samples/sampleBlock'
import { builtFolder } from '../../fixtures/cli/builtLonghand'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { greySample } from '../../fixtures/openSamples'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const KILLS = 20
const IMPORTED = 3000

/** The labels of the samples by their ids. */
type Labels = Map<number, string>

it('what was acknowledged is there once after each of 20 kills, and an import wholly or not at all', async () => {
  const folder = await temporaryFolder()
  const random = new Random(2026)
  const pixels = Uint8Array.from({ length: IMPORTED * 784 }, () => random.integer(256))
  await writeFile(join(folder, 'images'), idxBytes([IMPORTED, 28, 28], pixels))
  await writeFile(join(folder, 'labels'), idxBytes([IMPORTED], new Uint8Array(IMPORTED)))
  const request = importRequestSchema.parse({
    sources: [{ data: `idx:${join(folder, 'images')},${join(folder, 'labels')}` }],
    dataset: 'imported',
    duplicates: 'keep',
  })
  const fork = forkEngine({ programFolder: builtFolder, log: recordingLog() })
  const start = (instance: 'store' | 'train') => {
    const handle = fork(instance, join(folder, 'data'))
    return { handle, client: new EngineClient(handle) }
  }

  /** All that is in the user's own data set, and how many samples were imported. */
  const look = async (client: EngineClient): Promise<{ own: Labels; imported: number }> => {
    const own: Labels = new Map()
    const query = { filter: { dataset: 1 }, sort: { by: 'entry' as const, descending: false } }
    for (let total = 1; own.size < total;) {
      const page = await client.request('samples.page', { query, offset: own.size, count: 1000 })
      total = page.total
      for (let at = 0; at < countSampleBlock(page.block); at++) {
        const cell = readSampleBlock(page.block, at)
        own.set(cell.id, page.labels[cell.label] ?? '')
      }
    }
    const datasets = await client.request('datasets.list', undefined)
    const imported = datasets.find(({ name }) => name === 'imported')
    const counted = await client.request('samples.facets', { filter: { from: 0 } })
    // Counts that keep themselves, and those of the samples themselves.
    expect(await client.request('samples.facets', { filter: {} })).toEqual(counted)
    expect(counted.total).toBe(own.size + (imported?.samples ?? 0))
    return { own, imported: imported?.samples ?? 0 }
  }

  let expected: Labels = new Map()
  let acknowledged = 0
  let imports = 0
  for (let round = 0; round < KILLS; round++) {
    const store = start('store')
    const found = await look(store.client)
    expect([...found.own]).toEqual([...expected])
    const before = found.imported
    expect(before).toBe(imports)
    const importer = start('train')
    const finished = { imports: 0 }
    const importing = importer.client.request('importSamples', request).then(
      () => finished.imports++,
      () => undefined,
    )
    const change = async (labels: Labels, tell: (after: Labels) => void): Promise<void> => {
      const after = new Map(labels)
      const ids = [...labels.keys()]
      const id = ids[random.integer(Math.max(1, ids.length))]
      const kind = id === undefined ? 0 : random.integer(4)
      const label = `label ${random.integer(1000)}`
      if (id === undefined || kind < 2) {
        // Its id is known once it is acknowledged; until then it counts as the next one.
        after.set(-1, label)
        tell(after)
        const added = await store.client.request('samples.add', greySample(label, random.integer(256)))
        after.delete(-1)
        after.set(added.id, label)
        return
      }
      if (kind === 2) after.set(id, label)
      else after.delete(id)
      tell(after)
      const selection = { ids: [id] }
      if (kind === 2) await store.client.request('samples.relabel', { selection, label })
      else await store.client.request('samples.remove', { selection })
    }
    let possible: Labels = expected
    for (let left = 3 + random.integer(12); left > 0; left--) {
      await change(expected, (after) => (possible = after))
      expected = possible
      acknowledged++
    }
    // One more, which is killed at any moment of it.
    const last = change(expected, (after) => (possible = after)).catch(() => undefined)
    await delay(random.integer(8) + (round % 4) * 60)
    store.handle.kill()
    importer.handle.kill()
    await Promise.all([store.client.exited, importer.client.exited, last, importing])

    const after = start('store')
    const { own, imported } = await look(after.client)
    const labels = (of: Labels) => [...of.values()]
    expect([labels(expected), labels(possible)]).toContainEqual(labels(own))
    expect(finished.imports > 0 ? [before + IMPORTED] : [before, before + IMPORTED]).toContain(imported)
    expected = own
    imports = imported
    await after.client.stop()
  }
  expect(acknowledged).toBeGreaterThan(100)
})
