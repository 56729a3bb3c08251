import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseLabels, resolveData, resolveModel } from '../../../src/main/cli/references'
import { findUserFolder } from '../../../src/main/cli/userFolder'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

describe('labels', () => {
  it.each([
    ['0123456789', ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']],
    ['zero,one', ['zero', 'one']],
    ['zero, one ,,zero', ['zero', 'one']],
    ['永和e\u0301', ['永', '和', 'e\u0301']],
    ['aab', ['a', 'b']],
    [',', [',']],
    ['', []],
  ])('in %j are %j', (text, labels) => {
    expect(parseLabels(text)).toEqual(labels)
  })
})

describe('paths', () => {
  it('in a data reference are relative to where the user typed it', () => {
    const at = resolve('/home/user')
    const under = (path: string): string => resolve(at, path)
    expect(resolveData('ink:a:b.jsonl', at)).toBe(`ink:${under('a:b.jsonl')}`)
    expect(resolveData('images:../pictures', at)).toBe(`images:${under('../pictures')}`)
    expect(resolveData('idx:a,b.gz,c.gz', at)).toBe(`idx:${under('a,b.gz')},${under('c.gz')}`)
    expect(resolveData('fonts:a,../b#あ,い + strokes:c#hanzi', at)).toBe(
      `fonts:${under('a')},${under('../b')}#あ,い + strokes:${under('c')}#hanzi`,
    )
    expect(resolveData(`ink:${under('x')}`, '/elsewhere')).toBe(`ink:${under('x')}`)
    for (const other of ['mnist:test', 'mnist', 'ink:', 'idx:one', 'idx:,x', 'tape:x']) {
      expect(resolveData(other, at)).toBe(other)
    }
  })

  it('of a model are told from names', async () => {
    const folder = await temporaryFolder()
    expect(resolveModel('.', folder)).toBe(folder)
    expect(resolveModel(folder, '/')).toBe(folder)
    expect(resolveModel('digits', folder)).toBe('digits')
    expect(resolveModel('./nothing', folder)).toBe('./nothing')
  })

  it('count from the folder that npm started in, only where npm runs this command line', () => {
    expect(findUserFolder({ INIT_CWD: '/typed', npm_lifecycle_event: 'longhand' }, '/work')).toBe('/typed')
    expect(findUserFolder({ INIT_CWD: '/typed', npm_lifecycle_event: 'test' }, '/work')).toBe('/work')
    expect(findUserFolder({}, '/work')).toBe('/work')
  })
})
