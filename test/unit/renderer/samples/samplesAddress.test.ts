import { describe, expect, it } from 'vitest'
import {
  isNarrowed,
  readSamplesAddress,
  writeSamplesAddress,
  type SamplesAddress,
} from '../../../../src/renderer/samples/samplesAddress'
import { guessDatasetName, guessForm, guessLabelsFile } from '../../../../src/renderer/samples/importRequest'
import { exportReference } from '../../../../src/renderer/samples/exportReference'

const everything: SamplesAddress = {
  query: {
    filter: {
      dataset: 3,
      labels: ['3', 'a&b', '汉'],
      splits: ['train', 'test'],
      writers: ['w 1', null],
      sessions: ['s=1'],
      sources: ['import'],
      from: 1_700_000_000_000,
      to: 1_800_000_000_000,
      corrected: true,
      flagged: false,
      reviewed: false,
      predicted: ['8'],
      right: false,
      confidence: { from: 0.25, to: 0.5 },
    },
    sort: { by: 'loss', descending: true },
  },
  view: 'classes',
  sample: 77,
}

describe('the address of the Samples screen', () => {
  it('comes back as it was written', () => {
    expect(readSamplesAddress(writeSamplesAddress(everything))).toEqual(everything)
  })

  it('keeps the sample and the model of an order of likeness, and none that lacks them', () => {
    const like = { sample: 7, model: 'my hand & others' }
    const address = {
      ...everything,
      query: { ...everything.query, sort: { by: 'likeness', descending: false, like } },
    } as const
    expect(readSamplesAddress(writeSamplesAddress(address))).toEqual(address)
    expect(readSamplesAddress('sort=likeness&like=7').query.sort).toEqual({ by: 'entry', descending: false })
  })

  it('is empty for all samples in their own order', () => {
    const plain = readSamplesAddress('')
    expect(plain).toEqual({
      query: { filter: {}, sort: { by: 'entry', descending: false } },
      view: 'grid',
      sample: null,
    })
    expect(writeSamplesAddress(plain)).toBe('')
  })

  it('leaves out what it does not understand', () => {
    const read = readSamplesAddress('dataset=two&view=nothing&sample=-4&sort=-colour')
    expect(read).toEqual(readSamplesAddress(''))
    expect(readSamplesAddress('dataset=2&surprise=1').query.filter).toEqual({ dataset: 2 })
  })

  it('tells a filter from the mere choice of a data set', () => {
    expect(isNarrowed({ dataset: 2 })).toBe(false)
    expect(isNarrowed({ dataset: 2, flagged: false })).toBe(true)
  })
})

describe('what goes in and out', () => {
  it('is told by a file’s name', () => {
    const forms = [
      '/a/letters',
      'C:\\a\\x.zip',
      'train-images-idx3-ubyte.gz',
      'x.csv.gz',
      'x.parquet',
      'x.ndjson',
      'x.gnt',
    ]
    expect(forms.map(guessForm)).toEqual(['images', 'images', 'idx', 'csv', 'parquet', 'ink', 'gnt'])
    expect(guessLabelsFile('/images/t10k-images-idx3-ubyte')).toBe('/images/t10k-labels-idx1-ubyte')
    expect(guessDatasetName('C:\\data\\my:letters.tar.gz')).toBe('my letters')
  })

  it('is named by the data set and its filter', () => {
    const filter = { dataset: 2, labels: ['3'] }
    expect(exportReference('Mine', filter, 'all')).toBe('dataset:Mine')
    expect(exportReference('Mine', filter, 'filtered')).toBe('dataset:Mine?label=3')
    expect(exportReference('Mine', filter, 'corrected')).toBe('dataset:Mine?corrected=true')
  })
})
