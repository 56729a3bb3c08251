import { describe, expect, it } from 'vitest'
import { describeError } from '../../../src/shared/errors/describeError'
import { AppError, fromWireError, toWireError } from '../../../src/shared/errors/appError'
import type { ErrorCode, ErrorData } from '../../../src/shared/errors/errorCodes'
import { errorTexts } from '../../../src/shared/errors/errorTexts'

/** One example of each; the type sees to it that none is left out. */
const examples: { [Code in ErrorCode]: ErrorData[Code] } = {
  internal: { detail: 'DETAIL' },
  'api-program-exists': { name: 'NAME' },
  'api-program-unknown': { name: 'NAME' },
  'api-token-wrong': {},
  'api-page-refused': {},
  'api-route-unknown': { route: 'ROUTE' },
  'api-body-kind': { kind: 'KIND' },
  'api-body-too-large': { limitMegabytes: 55555 },
  'api-too-many': { seconds: 12345 },
  cancelled: {},
  'bad-input': { detail: 'DETAIL' },
  'file-missing': { file: 'FILE' },
  'file-unreadable': { file: 'FILE', detail: 'DETAIL' },
  'file-unwritable': { file: 'FILE', detail: 'DETAIL' },
  'file-empty': { file: 'FILE' },
  'not-a-picture': { file: 'FILE', detail: 'DETAIL' },
  'picture-too-large': { file: 'FILE', width: 11111, height: 22222, limit: 33333 },
  'picture-blank': { file: 'FILE' },
  'sheet-missing': { file: 'a.jpg' },
  'form-unmatched': { file: 'a.jpg', form: 'order' },
  'ink-blank': {},
  'data-malformed': { file: 'FILE', place: 'PLACE', detail: 'DETAIL' },
  'data-empty': { data: 'DATA' },
  'data-too-large': { data: 'DATA', detail: 'DETAIL' },
  'data-not-ink': { data: 'DATA', format: 'FORMAT' },
  'data-unknown': { data: 'DATA' },
  'package-missing': { name: 'NAME' },
  'strokes-missing': { folder: 'FOLDER', name: 'NAME' },
  'labels-unknown': { labels: 'LABELS', model: 'MODEL' },
  'spec-unknown': { name: 'NAME', known: 'KNOWN' },
  'layer-unknown': { name: 'NAME', known: 'KNOWN' },
  'spec-invalid': { file: 'FILE', detail: 'DETAIL' },
  'model-unknown': { name: 'NAME', known: 'KNOWN' },
  'model-broken': { folder: 'FOLDER', detail: 'DETAIL' },
  'model-reads-words': { model: 'MODEL' },
  'model-reads-characters': { model: 'MODEL' },
  'model-needs-ink': { data: 'DATA' },
  'model-reads-nothing': { model: 'MODEL' },
  'model-tells-no-hands': { model: 'MODEL' },
  'hand-odds-missing': { model: 'MODEL' },
  'hand-unknown': { name: 'NAME', known: 'KNOWN' },
  'hand-taken': { name: 'NAME' },
  'hand-outdated': { name: 'NAME', model: 'MODEL' },
  'hands-too-few': { data: 'DATA' },
  'replay-missing': { model: 'MODEL' },
  'model-in-use': { model: 'MODEL' },
  'nothing-to-roll-back': {},
  'output-exists': { folder: 'FOLDER' },
  'file-exists': { file: 'FILE' },
  'export-differs': { file: 'FILE', difference: 66666 },
  'model-not-importable': { file: 'FILE', detail: 'DETAIL' },
  'provider-failed': { provider: 'PROVIDER', detail: 'DETAIL' },
  'loss-not-finite': { step: 44444, learningRate: 0.44, folder: 'FOLDER', lowerRate: 0.11 },
  'checkpoint-missing': { folder: 'FOLDER' },
  'checkpoint-broken': { folder: 'FOLDER', detail: 'DETAIL' },
  'checkpoint-newer': { folder: 'FOLDER' },
  'data-changed': { data: 'DATA', folder: 'FOLDER' },
  'training-unfinished': { folder: 'FOLDER' },
  'engine-crashed': { detail: 'DETAIL' },
  'training-busy': { pid: 66666 },
  'tensorflow-missing': {},
  'tensorflow-broken': { folder: 'FOLDER', detail: 'DETAIL' },
  'tensorflow-platform': { platform: 'PLATFORM' },
  'tensorflow-npm': { detail: 'DETAIL' },
  'tensorflow-python': { detail: 'DETAIL' },
  'tensorflow-compiler': { detail: 'DETAIL' },
  'tensorflow-build': { compiler: 'COMPILER', detail: 'DETAIL' },
  'tensorflow-download': { what: 'WHAT', detail: 'DETAIL' },
  'tensorflow-source': { path: 'PATH', detail: 'DETAIL' },
  'tensorflow-busy': { pid: 77777 },
  'disk-full': { folder: 'FOLDER', neededMegabytes: 88888, freeMegabytes: 99999 },
  'data-folder-missing': { folder: 'FOLDER' },
  'data-folder-fixed': { folder: 'FOLDER' },
  'data-folder-busy': {},
  'folder-not-empty': { folder: 'FOLDER' },
  'folder-nested': { folder: 'FOLDER', other: 'OTHER' },
  'path-relative': { path: 'PATH' },
  'copy-differs': { file: 'FILE' },
  'job-unknown': { id: 'ID' },
  'sample-unknown': { id: 55555 },
  'dataset-unknown': { name: 'NAME' },
  'dataset-exists': { name: 'NAME' },
  'dataset-own': { name: 'NAME' },
  'filter-invalid': { filter: 'FILTER', detail: 'DETAIL' },
  'import-busy': { pid: 88888 },
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
