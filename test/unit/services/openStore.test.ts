import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addSamples, countOwnSamples } from '../../../src/main/store/addSamples'
import type { Store } from '../../../src/main/store/connection'
import { migrations, type Migration } from '../../../src/main/store/migrations'
import { openStore } from '../../../src/main/store/openStore'
import { readSample } from '../../../src/main/store/sampleDetail'
import { removeSamples } from '../../../src/main/store/sampleEdits'
import { createStoreContext } from '../../../src/main/store/storeContext'
import type { NewSample } from '../../../src/shared/contract/samples'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const three: NewSample = {
  label: '3',
  ink: [
    [
      [1, 2],
      [3.5, 4, 10, 0.5],
    ],
    [[0, 0]],
  ],
  raster: { width: 3, height: 2, pixels: new Uint8Array([0, 50, 100, 150, 200, 255]) },
  source: 'correction',
  predicted: '8',
  model: 'digits',
}

function open(file: string, steps?: readonly Migration[]) {
  const log = recordingLog()
  const store = openStore(file, log, steps)
  onTestFinished(() => {
    if (store.open) store.close()
  })
  return { store, log }
}

/** Puts samples into a store and takes note of their ids. */
function add(store: Store, ...samples: NewSample[]): number[] {
  return addSamples(createStoreContext(store), samples, 'sitting').ids
}

describe('the store', () => {
  it('keeps a sample as it was given, for the next start too', async () => {
    const file = join(await temporaryFolder(), 'deep', 'samples.db')
    const { store } = open(file)
    const [id = 0] = add(store, three)
    store.close()

    expect(readSample(createStoreContext(open(file).store), id)).toMatchObject({
      ...{ id, label: '3', firstLabel: '3', ink: three.ink, source: 'correction', corrected: true },
      ...{ writer: null, session: 'sitting', dataset: 1 },
      raster: { width: 3, height: 2 },
      reading: { model: 'digits', predicted: '8', right: false, confidence: null },
    })
    expect(Array.from(readSample(createStoreContext(open(file).store), id).raster.pixels)).toEqual([
      0, 50, 100, 150, 200, 255,
    ])
  })

  it('counts samples and corrections, and forgets a sample once', async () => {
    const context = createStoreContext(open(join(await temporaryFolder(), 'samples.db')).store)
    expect(countOwnSamples(context.store)).toEqual({ total: 0, corrections: 0 })
    const [id = 0] = add(context.store, three, { ...three, ink: null, source: 'confirmation' })
    expect(countOwnSamples(context.store)).toEqual({ total: 2, corrections: 1 })
    expect(removeSamples(context, { ids: [id] })?.edit).toMatchObject({ kind: 'remove', count: 1 })
    expect(() => removeSamples(context, { ids: [id] })).toThrow(
      expect.objectContaining({ code: 'sample-unknown', data: { id } }),
    )
    expect(countOwnSamples(context.store)).toEqual({ total: 1, corrections: 0 })
  })

  it('refuses a raster that its size does not fit, whoever hands it in', async () => {
    const { store } = open(join(await temporaryFolder(), 'samples.db'))
    const cut = { ...three, raster: { width: 3, height: 2, pixels: new Uint8Array(5) } }
    expect(() => add(store, three, cut)).toThrow(/CHECK/)
    // Nor is the one before it kept.
    expect(countOwnSamples(store)).toEqual({ total: 0, corrections: 0 })
  })

  it('brings the samples of its first version over, with a backup', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'samples.db')
    const { store: old } = open(file, migrations.slice(0, 1))
    old
      .prepare(
        `INSERT INTO samples VALUES ('a', '3', ?, 3, 2, ?, 'correction', '8', 'digits', 'Ada', 'sitting', ?),
                                    ('b', '4', NULL, 28, 28, ?, 'confirmation', NULL, '', NULL, 'later', ?)`,
      )
      .run([
        ...[JSON.stringify(three.ink), three.raster.pixels, '2025-01-02T03:04:05.000Z'],
        ...[new Uint8Array(784).fill(7), '2025-01-03T00:00:00.000Z'],
      ])
    old.close()
    const context = createStoreContext(open(file).store)
    expect(countOwnSamples(context.store)).toEqual({ total: 2, corrections: 1 })
    expect(readSample(context, 1)).toMatchObject({
      ...{ label: '3', ink: three.ink, writer: 'Ada', session: 'sitting', createdMs: 1735787045000 },
      reading: { model: 'digits', predicted: '8' },
    })
    expect(readSample(context, 2)).toMatchObject({ label: '4', ink: null, reading: null, corrected: false })
    expect(readSample(context, 2).raster.pixels.every((value) => value === 7)).toBe(true)
    expect((await readdir(folder)).filter((name) => /^samples\.db\.v1-.*\.backup$/.test(name))).toHaveLength(
      1,
    )
  })

  it('is copied before each step that brings an existing one up to date, and only then', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'samples.db')
    const backups = async () => (await readdir(folder)).filter((name) => name.endsWith('.backup')).sort()
    const first = open(file).store
    add(first, three)
    first.close()
    open(file).store.close()
    expect(await backups()).toEqual([])

    const later = [
      ...migrations,
      'ALTER TABLE samples ADD COLUMN a TEXT',
      'ALTER TABLE samples ADD COLUMN b TEXT',
    ]
    const { store } = open(file, later)
    expect(store.prepare('SELECT id, a, b FROM samples').get()).toMatchObject({ id: 1, a: null, b: null })
    const [before, between] = await backups()
    expect([before, between]).toEqual([
      expect.stringContaining(`samples.db.v${migrations.length}-`),
      expect.stringContaining(`samples.db.v${migrations.length + 1}-`),
    ])
    const copy = open(join(folder, before ?? '')).store
    expect(countOwnSamples(copy)).toEqual({ total: 1, corrections: 1 })
  })

  it('is as it was after a step that fails half-way', async () => {
    const file = join(await temporaryFolder(), 'samples.db')
    open(file).store.close()
    const failing = [...migrations, 'ALTER TABLE samples ADD COLUMN a TEXT; INSERT INTO nowhere VALUES (1)']
    expect(() => open(file, failing)).toThrow(expect.objectContaining({ code: 'store-broken' }))
    const { store } = open(file)
    expect(() => store.prepare('SELECT a FROM samples')).toThrow(/no such column/)
  })

  it('that is no store at all is refused and left as it is', async () => {
    const file = join(await temporaryFolder(), 'samples.db')
    const text = 'Dear diary, this is not a database. '.repeat(200)
    await writeFile(file, text)
    expect(() => open(file)).toThrow(
      expect.objectContaining({ code: 'store-broken', data: expect.objectContaining({ file }) as object }),
    )
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  it('that was damaged is refused', async () => {
    const file = join(await temporaryFolder(), 'samples.db')
    const { store } = open(file)
    add(store, ...Array.from({ length: 200 }, () => three))
    store.pragma('wal_checkpoint(TRUNCATE)')
    store.close()
    const bytes = await readFile(file)
    bytes.fill(0xff, 4096, bytes.length - 4096)
    await writeFile(file, bytes)
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'store-broken' }))
  })

  it('that a newer Longhand made is refused', async () => {
    const file = join(await temporaryFolder(), 'samples.db')
    const newer = new Database(file)
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    expect(() => open(file)).toThrow(
      expect.objectContaining({ data: { file, detail: expect.stringContaining('newer version') as string } }),
    )
  })
})
