import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setStorePlace } from '../../../src/main/data/stored/storePlace'
import { convertData } from '../../../src/main/data/write/convertData'
import { importSamples } from '../../../src/main/engineProcess/handlers/importSamples'
import { addSamples } from '../../../src/main/store/addSamples'
import { createDataset, findDataset, listDatasets } from '../../../src/main/store/datasets'
import { stepThroughEdits } from '../../../src/main/store/journal'
import { findStored, readStored } from '../../../src/main/store/readStored'
import { inTransaction, type StoreContext } from '../../../src/main/store/storeContext'
import type { ConversionFormat } from '../../../src/shared/contract/conversion'
import { importRequestSchema } from '../../../src/shared/contract/sampleImport'
import type { NewSample } from '../../../src/shared/contract/samples'
import { greySample, openSamples } from '../../fixtures/openSamples'

const signal = new AbortController().signal
const request = (data: string, dataset: string) =>
  importRequestSchema.parse({ sources: [{ data }], dataset, duplicates: 'keep' })
const bringIn = (data: string, dataset: string) =>
  importSamples(request(data, dataset), { signal, emit: () => undefined })

/** All of a data set that files can hold, in any order. */
function contentsOf(context: StoreContext, name: string): string[] {
  const dataset = findDataset(context.store, name)
  if (!dataset) throw new Error(`no data set ${name}`)
  const { ids } = findStored(context, { dataset: dataset.id })
  return [...readStored(context, ids)]
    .flat()
    .map(({ label, writer, ink, raster }) =>
      JSON.stringify([label, writer, ink ?? { ...raster, pixels: Array.from(raster.pixels) }]),
    )
    .sort()
}

const label = fc.oneof(
  fc.string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', 'A', '7', '十', 'é', '/', '.', '&', '"', ','),
  }),
  fc.constantFrom('con', '..', '&amp;', '😀'),
)
const named = { label, writer: fc.option(fc.constantFrom('Ada', 'Bo & Co', '王'), { nil: undefined }) }
const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => value + 0)
const stroke = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 })
const inks = fc.record({ ...named, ink: fc.array(stroke, { minLength: 1, maxLength: 3 }) })
/** Of any size; in IDX files all are of one, so that sizes are given apart. */
const side = fc.integer({ min: 1, max: 40 })
const pictures = fc
  .record({ ...named, width: side, height: side, grey: fc.integer({ min: 0, max: 255 }), step: fc.nat(40) })
  .map(({ width, height, grey, step, ...rest }) => ({
    ...rest,
    raster: {
      ...{ width, height },
      pixels: Uint8Array.from({ length: width * height }, (_, at) => (grey + at * step) % 256),
    },
  }))

function sampleOf(
  { label, writer }: { label: string; writer: string | undefined },
  rest: Partial<NewSample>,
): NewSample {
  return greySample(label, 1, { ...rest, ...(writer === undefined ? {} : { writer }) })
}

/** Brings samples into a data set, writes that, reads it into another, and compares the two. */
async function expectToReturn(samples: readonly NewSample[], format: ConversionFormat): Promise<void> {
  const { context, file } = await openSamples()
  setStorePlace(file)
  const { dataset } = createDataset(context, 'first')
  addSamples(
    context,
    samples.map((sample) => ({ ...sample, dataset: dataset.id })),
    'now',
  )
  const out = join(file, '..', format === 'images' ? 'x.zip' : `x.${format}`)
  const conversion = { data: 'dataset:first', file: out, format, only: null, force: false }
  const { data } = await convertData(conversion, () => undefined)
  await bringIn(data, 'second')
  expect(contentsOf(context, 'second')).toEqual(contentsOf(context, 'first'))
  await delay(0)
}

describe('a data set', () => {
  it.each(['ink', 'inkml'] as const)('of ink comes back from %s as it was', (format) =>
    fc.assert(
      fc.asyncProperty(fc.array(inks, { minLength: 1, maxLength: 8 }), (given) =>
        expectToReturn(
          given.map((each) => sampleOf(each, { ink: each.ink })),
          format,
        ),
      ),
      { numRuns: 15 },
    ),
  )

  it.each(['images', 'parquet'] as const)('of pictures comes back from %s as it was', (format) =>
    fc.assert(
      fc.asyncProperty(fc.array(pictures, { minLength: 1, maxLength: 8 }), (given) =>
        expectToReturn(
          given.map((each) => sampleOf(each, { raster: each.raster })),
          format,
        ),
      ),
      { numRuns: 15 },
    ),
  )
})

/** Pictures of one size, as IDX holds them, and no writers, which it cannot hold. */
const pictureSets = fc
  .tuple(side, side, fc.array(pictures, { minLength: 1, maxLength: 8 }))
  .map(([width, height, given]) =>
    given.map(({ label, raster: { pixels } }) => ({
      ...{ label, writer: undefined },
      raster: {
        ...{ width, height },
        pixels: Uint8Array.from({ length: width * height }, (_, at) => pixels[at % pixels.length] ?? 0),
      },
    })),
  )

it('a data set of pictures of one size comes back from IDX as it was, whatever its labels are', () =>
  fc.assert(
    fc.asyncProperty(pictureSets, (given) =>
      expectToReturn(
        given.map((each) => sampleOf(each, { raster: each.raster })),
        'idx',
      ),
    ),
    { numRuns: 15 },
  ))

describe('an import', () => {
  it('is one change that is undone and done again, into a new data set and into one that is there', async () => {
    const { context, file } = await openSamples()
    setStorePlace(file)
    addSamples(context, [greySample('a', 1), greySample('b', 2)], 'now')
    const out = join(file, '..', 'x.zip')
    const conversion = {
      data: 'dataset:mine',
      file: out,
      format: 'images',
      only: null,
      force: false,
    } as const
    const { data } = await convertData(conversion, () => undefined)
    const step = (direction: 'undo' | 'redo') =>
      inTransaction(context, () => stepThroughEdits(context.store, direction)).step.edit
    const counts = () => listDatasets(context.store).map(({ name, samples }) => [name, samples])
    expect(await bringIn(data, 'copy')).toMatchObject({ samples: 2, edit: { kind: 'import', count: 2 } })
    expect(await bringIn(data, 'copy')).toMatchObject({ samples: 2 })
    expect(counts()).toEqual([
      ['mine', 2],
      ['copy', 4],
    ])
    expect(step('undo')).toMatchObject({ kind: 'import', count: 2 })
    expect(counts()).toEqual([
      ['mine', 2],
      ['copy', 2],
    ])
    step('undo')
    expect(counts()).toEqual([['mine', 2]])
    step('redo')
    step('redo')
    expect(counts()).toEqual([
      ['mine', 2],
      ['copy', 4],
    ])
  })

  it('that fails or is cancelled leaves nothing', async () => {
    const { context, file } = await openSamples()
    setStorePlace(file)
    addSamples(context, [greySample('a', 1)], 'now')
    const out = join(file, '..', 'x.zip')
    const conversion = {
      data: 'dataset:mine',
      file: out,
      format: 'images',
      only: null,
      force: false,
    } as const
    const { data } = await convertData(conversion, () => undefined)
    const sources = [{ data }, { data: 'images:/nowhere' }]
    const broken = importRequestSchema.parse({ sources, dataset: 'new' })
    await expect(importSamples(broken, { signal, emit: () => undefined })).rejects.toMatchObject({
      code: 'file-missing',
    })
    const controller = new AbortController()
    const cancelled = importSamples(request(data, 'new'), {
      signal: controller.signal,
      emit: () => controller.abort(),
    })
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
    const count = context.store.prepare('SELECT count(*) AS n FROM samples').get()
    expect([count, listDatasets(context.store).length]).toMatchObject([{ n: 1 }, 1])
    // What can be read comes in where that is wanted.
    const rest = importRequestSchema.parse({ sources, dataset: 'new', skipProblems: true })
    expect(await importSamples(rest, { signal, emit: () => undefined })).toMatchObject({
      samples: 1,
      problems: 1,
    })
  })
})
