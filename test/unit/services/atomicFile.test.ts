import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeFileAtomically } from '../../../src/main/store/atomicFile'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

it('an atomic write replaces the content, makes the folder, and leaves nothing beside it', async () => {
  const folder = join(await temporaryFolder(), 'new')
  const file = join(folder, 'a.txt')
  await writeFileAtomically(file, 'first')
  await writeFileAtomically(file, 'second')
  expect(await readFile(file, 'utf8')).toBe('second')
  expect(await readdir(folder)).toEqual(['a.txt'])
})

it('an atomic write that fails leaves nothing beside its target', async () => {
  const folder = await temporaryFolder()
  const occupied = join(folder, 'taken')
  await mkdir(join(occupied, 'inside'), { recursive: true })
  await expect(writeFileAtomically(occupied, 'text')).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['taken'])
})
