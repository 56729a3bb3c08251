import { describe, expect, it } from 'vitest'
import { csvRow } from '../../../../src/shared/recognition/page/csvRow'
import {
  readingsAsCsv,
  readingsAsJson,
  readingsAsText,
} from '../../../../src/shared/recognition/page/exportReadings'
import { readDocumentSchema, type ReadDocument } from '../../../../src/shared/recognition/page/readDocument'
import { wordsOf } from '../../../../src/shared/recognition/page/wordsOf'

function lineOf(text: string, doubtful: readonly number[] = [], spaces: readonly number[] = []) {
  const characters = Array.from(text.replaceAll(' ', '')).map((label, at) => ({
    box: { x: 10 * at, y: at, width: 8, height: 12 },
    label,
    probability: doubtful.includes(at) ? 0.4 : 0.99,
    sure: !doubtful.includes(at),
    candidates: [{ label, probability: 0.9 }],
    spaceBefore: spaces.includes(at),
  }))
  return { text, characters, alternatives: [], fits: true }
}

function documentOf(file: string, lines: ReadDocument['lines']): ReadDocument {
  return { file, model: 'digits', width: 100, height: 50, turned: 0, lines }
}

const documents = [
  documentOf('a, b.png', [lineOf('12', [1]), lineOf('345')]),
  documentOf('c.png', [lineOf('9')]),
]

describe('exporting readings', () => {
  it('as CSV gives each line a row, with the least sure character', () => {
    expect(readingsAsCsv(documents)).toBe(
      'file,line,text,probability,doubtful,fits\r\n' +
        '"a, b.png",1,12,0.400,1,yes\r\n' +
        '"a, b.png",2,345,0.990,0,yes\r\n' +
        'c.png,1,9,0.990,0,yes\r\n',
    )
  })

  it('as JSON gives back what was read', () => {
    expect(readDocumentSchema.array().parse(JSON.parse(readingsAsJson(documents)))).toEqual(documents)
  })

  it('as text names pictures only where there are several', () => {
    expect(readingsAsText(documents)).toBe('a, b.png\n\n12\n345\n\nc.png\n\n9\n')
    expect(readingsAsText(documents.slice(1))).toBe('9\n')
  })
})

describe('a row of CSV', () => {
  it.each([
    [['say "hi"'], '"say ""hi"""'],
    [['=1+1', '@x', '+a'], "'=1+1,'@x,'+a"],
    [['-12.50', '+3', 7], '-12.50,+3,7'],
    [['two\nlines'], '"two\nlines"'],
  ])('of %j is %s', (values, row) => {
    expect(csvRow(values)).toBe(row)
  })
})

describe('the words of a line', () => {
  it('end at spaces and lie around their characters', () => {
    expect(wordsOf([lineOf('12 3', [], [2])])).toEqual([
      { text: '12', x: 0, y: 0, width: 18, height: 13 },
      { text: '3', x: 20, y: 2, width: 8, height: 12 },
    ])
  })
})
