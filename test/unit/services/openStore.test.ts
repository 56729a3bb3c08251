import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrations } from '../../../src/main/store/migrations'
import { openStore } from '../../../src/main/store/openStore'
import { SampleStore } from '../../../src/main/store/sampleStore'
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

function open(file: string, steps?: readonly string[]) {
  const log = recordingLog()
  const store = openStore(file, log, steps)
  onTestFinished(() => {
    if (store.open) store.close()
  })
  return { store, log }
}

describe('the store', () => {
  it('keeps a sample as it was given, for the next start too', async () => {
    const file = join(await temporaryFolder(), 'deep', 'samples.db')
    const { store } = open(file)
    const id = new SampleStore(store, 'sitting').add(three)
    store.close()

    const row = open(file).store.prepare('SELECT * FROM samples').get()
    expect(row).toMatchObject({
      id,
      label: '3',
      ink: JSON.stringify(three.ink),
      width: 3,
      height: 2,
      source: 'correction',
      predicted: '8',
      model: 'digits',
      writer: null,
      session: 'sitting',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    })
    expect(Array.from((row as { pixels: Uint8Array }).pixels)).toEqual([0, 50, 100, 150, 200, 255])
  })

  it('counts samples and corrections, and forgets a sample once', async () => {
    const { store } = open(join(await temporaryFolder(), 'samples.db'))
    const samples = new SampleStore(store, 'sitting')
    expect(samples.counts()).toEqual({ total: 0, corrections: 0 })
    const id = samples.add(three)
    samples.add({ ...three, ink: null, source: 'confirmation' })
    expect(samples.counts()).toEqual({ total: 2, corrections: 1 })
    expect([samples.remove(id), samples.remove(id)]).toEqual([true, false])
    expect(samples.counts()).toEqual({ total: 1, corrections: 0 })
  })

  it('refuses a raster that its size does not fit, whoever hands it in', async () => {
    const { store } = open(join(await temporaryFolder(), 'samples.db'))
    const samples = new SampleStore(store, 'sitting')
    const cut = { ...three, raster: { width: 3, height: 2, pixels: new Uint8Array(5) } }
    expect(() => samples.add(cut)).toThrow(/CHECK/)
  })

  it('is copied before each step that brings an existing one up to date, and only then', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'samples.db')
    const backups = async () => (await readdir(folder)).filter((name) => name.endsWith('.backup')).sort()
    const first = open(file).store
    new SampleStore(first, 'sitting').add(three)
    first.close()
    open(file).store.close()
    expect(await backups()).toEqual([])

    const later = [
      ...migrations,
      'ALTER TABLE samples ADD COLUMN a TEXT',
      'ALTER TABLE samples ADD COLUMN b TEXT',
    ]
    const { store } = open(file, later)
    expect(store.prepare('SELECT label, a, b FROM samples').get()).toMatchObject({
      label: '3',
      a: null,
      b: null,
    })
    const [before, between] = await backups()
    expect([before, between]).toEqual([
      expect.stringMatching(/^samples\.db\.v1-.*\.backup$/),
      expect.stringMatching(/^samples\.db\.v2-.*\.backup$/),
    ])
    const copy = open(join(folder, before ?? '')).store
    expect(new SampleStore(copy, 'sitting').counts()).toEqual({ total: 1, corrections: 1 })
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
    const samples = new SampleStore(store, 'sitting')
    for (let i = 0; i < 200; i++) samples.add(three)
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
