import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ReadingsSoFar } from '../../../src/main/cli/readingsSoFar'
import { readDocumentSchema, type ReadDocument } from '../../../src/shared/recognition/page/readDocument'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const document: ReadDocument = { file: 'a.png', model: 'digits', width: 1, height: 1, turned: 0, lines: [] }

it('finds what was read of a picture again, until the picture or the way of reading changes', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'a.png'), 'one')
  const out = join(folder, 'out.csv')
  const soFar = await ReadingsSoFar.open(out, { expects: 'digits' }, folder)
  expect(await soFar.find('a.png', readDocumentSchema)).toBeNull()
  await soFar.keep(document, new Uint8Array([1, 2]))

  const again = await ReadingsSoFar.open(out, { expects: 'digits' }, folder)
  expect(await again.find('a.png', readDocumentSchema)).toEqual(document)
  expect(await again.page('a.png')).toEqual(new Uint8Array([1, 2]))
  const otherwise = await ReadingsSoFar.open(out, { expects: 'free' }, folder)
  expect(await otherwise.find('a.png', readDocumentSchema)).toBeNull()
  await utimes(join(folder, 'a.png'), 1, 1)
  expect(await again.find('a.png', readDocumentSchema)).toBeNull()

  await again.forget()
  expect(await soFar.find('a.png', readDocumentSchema)).toBeNull()
})
