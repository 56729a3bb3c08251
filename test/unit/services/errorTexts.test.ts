import { describe, expect, it } from 'vitest'
import { describeError } from '../../../src/shared/errors/describeError'
import { AppError, fromWireError, toWireError } from '../../../src/shared/errors/appError'
import type { ErrorCode, ErrorData } from '../../../src/shared/errors/errorCodes'
import { errorTexts } from '../../../src/shared/errors/errorTexts'

/** One example of each; the type sees to it that none is left out. */
const examples: { [Code in ErrorCode]: ErrorData[Code] } = {
  internal: { detail: 'DETAIL' },
  cancelled: {},
  'bad-input': { detail: 'DETAIL' },
  'file-missing': { file: 'FILE' },
  'file-unreadable': { file: 'FILE', detail: 'DETAIL' },
  'file-unwritable': { file: 'FILE', detail: 'DETAIL' },
  'file-empty': { file: 'FILE' },
  'not-a-picture': { file: 'FILE', detail: 'DETAIL' },
  'picture-too-large': { file: 'FILE', width: 11111, height: 22222, limit: 33333 },
  'picture-blank': { file: 'FILE' },
  'ink-blank': {},
  'data-malformed': { file: 'FILE', place: 'PLACE', detail: 'DETAIL' },
  'data-empty': { data: 'DATA' },
  'data-unknown': { data: 'DATA' },
  'package-missing': { name: 'NAME' },
  'labels-unknown': { labels: 'LABELS', model: 'MODEL' },
  'spec-unknown': { name: 'NAME', known: 'KNOWN' },
  'spec-invalid': { file: 'FILE', detail: 'DETAIL' },
  'model-unknown': { name: 'NAME', known: 'KNOWN' },
  'model-broken': { folder: 'FOLDER', detail: 'DETAIL' },
  'output-exists': { folder: 'FOLDER' },
  'provider-failed': { provider: 'PROVIDER', detail: 'DETAIL' },
  'loss-not-finite': { step: 44444 },
  'engine-crashed': { detail: 'DETAIL' },
  'training-busy': {},
  'job-unknown': { id: 'ID' },
  'sample-unknown': { id: 'ID' },
  'store-broken': { file: 'FILE', detail: 'DETAIL' },
  'connection-lost': {},
  'access-denied': {},
  'port-taken': { port: 55555 },
}
const cases = (Object.keys(examples) as ErrorCode[]).flatMap((code) =>
  (['en', 'zh-CN'] as const).map((language) => ({ code, language })),
)

describe('what an error says', () => {
  it.each(cases)('for $code in $language holds all of its data and no placeholder', ({ code, language }) => {
    const { message, action } = describeError({ code, data: examples[code] }, language)
    const text = `${message} ${action}`
    expect(text).not.toMatch(/[{}]/)
    for (const value of Object.values(examples[code])) expect(text).toContain(String(value))
    expect(message).not.toBe('')
    expect(action).not.toBe('')
    expect(text).not.toContain('\n')
  })

  it('differs between the two languages, for each of them', () => {
    for (const entry of Object.values(errorTexts)) expect(entry['zh-CN'].message).not.toBe(entry.en.message)
  })

  it('is not bent by what looks like a pattern in a file name', () => {
    const { message } = describeError({ code: 'file-missing', data: { file: '$& {detail} $1' } }, 'en')
    expect(message).toBe('$& {detail} $1 does not exist.')
  })
})

describe('the wire form of an error', () => {
  it('survives a clone with its code, data and stack', () => {
    const error = new AppError('port-taken', { port: 80 })
    const back = fromWireError(structuredClone(toWireError(error)))
    expect(back).toMatchObject({
      name: 'AppError',
      code: 'port-taken',
      data: { port: 80 },
      stack: error.stack,
    })
  })

  it.each([undefined, null, 5, 'text', { toString: () => 'object' }])('is internal for %s', (thrown) => {
    expect(toWireError(thrown)).toMatchObject({ code: 'internal' })
  })
})
