import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addSamples, countOwnSamples } from '../../../src/main/store/addSamples'
import { ImportStaging } from '../../../src/main/store/importStaging'
import { listEdits } from '../../../src/main/store/journal'
import { closeStore, openStore } from '../../../src/main/store/openStore'
import { purge } from '../../../src/main/store/purge'
import { repairStore } from '../../../src/main/store/repairStore'
import { readSample } from '../../../src/main/store/sampleDetail'
import { relabelSamples, removeSamples } from '../../../src/main/store/sampleEdits'
import type { EnteringSample } from '../../../src/main/store/sampleWriter'
import { createStoreContext } from '../../../src/main/store/storeContext'
import { wipePersonal } from '../../../src/main/store/wipe'
import { greySample, openSamples } from '../../fixtures/openSamples'
import { recordingLog } from '../../fixtures/recordingLog'

const secret = 'SecretLabel'
/** Pixels that read as a text, so that the bytes of a file can be searched for them. */
const secretPicture = {
  width: 28,
  height: 28,
  pixels: new Uint8Array(Buffer.from('TopSecretPicture'.repeat(49))),
}

function entering(label: string, grey: number): EnteringSample {
  const { raster } = greySample(label, grey)
  return {
    ...{ label, raster, ink: null, source: 'import', writer: null, session: null, split: 'auto' },
    ...{ corrected: false, fitted: true, predicted: null, model: '', createdMs: 1 },
  }
}

describe('wiping', () => {
  it('leaves no byte of what the user wrote in any file, and everything else', async () => {
    const { context, file } = await openSamples()
    const staging = new ImportStaging(context, 'others')
    staging.insert([entering('a', 1), entering('b', 2)])
    const { dataset } = staging.publish(2, null)
    const mine = {
      ...greySample(secret, 0, { writer: 'SecretWriter', session: 'SecretSession' }),
      ...{ raster: secretPicture, ink: [[[123456.789, 1]]] as [number, number][][] },
    }
    const { ids } = addSamples(context, [mine, { ...mine, dataset }, mine], 'now')
    relabelSamples(context, { ids: ids.slice(0, 1) }, 'SecretSecond')
    removeSamples(context, { ids: ids.slice(2) })
    await writeFile(`${file}.v1-2025.backup`, 'SecretBackup')
    const contents = async () => {
      const names = await readdir(dirname(file))
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(dirname(file), name)))))
    }
    const secrets = [
      secret,
      'SecretSecond',
      'SecretWriter',
      'SecretSession',
      'SecretPicture',
      '123456.789',
      'SecretBackup',
    ]
    const before = await contents()
    expect(secrets.filter((text) => !before.includes(text))).toEqual([])

    expect(await wipePersonal(context, file)).toBe(3)
    const after = await contents()
    expect(secrets.filter((text) => after.includes(text))).toEqual([])
    expect(countOwnSamples(context.store).total).toBe(0)
    expect([readSample(context, 1).label, readSample(context, 2).label]).toEqual(['a', 'b'])
    expect(listEdits(context.store, 10).map(({ kind }) => kind)).toEqual(['import'])
    // And it goes on.
    addSamples(context, [greySample('z', 3)], 'later')
    expect(countOwnSamples(context.store).total).toBe(1)
  })
})

describe('what a killed import left', () => {
  it('is not seen by anybody, and deleted at the next start', async () => {
    const { context, file } = await openSamples()
    new ImportStaging(context, 'killed').insert([entering('a', 1), entering('b', 2)])
    const count = (table: string) => context.store.prepare(`SELECT count(*) AS n FROM ${table}`).get()
    expect([count('samples'), count('thumbnails')]).toMatchObject([{ n: 2 }, { n: 2 }])
    await purge(context.store, file, () => false)
    expect([count('samples'), count('thumbnails'), count('facet_counts')]).toMatchObject([
      { n: 0 },
      { n: 0 },
      { n: 0 },
    ])
    expect(count('datasets')).toMatchObject({ n: 2 })
  })
})

describe('a broken store', () => {
  it('is saved as far as it can be read, and kept', async () => {
    const { context, file } = await openSamples()
    const { store } = context
    addSamples(
      context,
      Array.from({ length: 500 }, (_, at) => greySample(`l${at % 7}`, at % 256)),
      'now',
    )
    closeStore(store, file)
    const bytes = await readFile(file)
    // Some pages in the middle, which are of pictures for the most part.
    const middle = 4096 * Math.floor(bytes.length / 8192)
    bytes.fill(0xff, middle, middle + 4096 * 3)
    await writeFile(file, bytes)
    const log = recordingLog()
    expect(() => openStore(file, log)).toThrow(expect.objectContaining({ code: 'store-broken' }))

    const { samples, lost, broken } = repairStore(file, log)
    // One of the three pages may lead to many others, so that a fifth goes with it; which, depends on the schema.
    expect(samples).toBeGreaterThan(350)
    expect(samples).toBeLessThan(500)
    expect(lost).toBeGreaterThan(0)
    expect(await readFile(broken)).toEqual(bytes)
    const saved = createStoreContext(openStore(file, log))
    expect(countOwnSamples(saved.store).total).toBe(samples)
    const [{ id }] = saved.store.prepare('SELECT min(id) AS id FROM samples').all() as [{ id: number }]
    expect(Array.from(readSample(saved, id).raster.pixels)).toEqual(
      Array.from({ length: 784 }, () => (id - 1) % 256),
    )
    saved.store.close()
  })
})
