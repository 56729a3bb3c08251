import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

describe('longhand sheet', () => {
  it('writes the PDF, and says what of', async () => {
    const { run, userFolder } = await openCommandLine()
    const file = join(userFolder, 'sheets.pdf')
    expect(await run(['sheet', '--chars', '永字', '--out', 'sheets.pdf'])).toEqual({
      exitCode: 0,
      stdout: `wrote ${file}: 2 characters, 2 pages\n`,
      stderr: '',
    })
    expect(await readFile(file, 'utf8')).toBe('%')
  })

  it('replaces nothing unless told to', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'mine.pdf'), 'mine')
    const args = ['sheet', '--chars', 'ab', '--out', 'mine.pdf']
    expect(await run(args)).toMatchObject({ exitCode: 1, stdout: '' })
    expect(await readFile(join(userFolder, 'mine.pdf'), 'utf8')).toBe('mine')
    expect(await run([...args, '--force'])).toMatchObject({ exitCode: 0 })
  })

  it.each([
    ['no characters', ['--chars', '', '--out', 'x.pdf']],
    ['no file', ['--chars', 'ab']],
    ['copies that are none', ['--chars', 'ab', '--out', 'x.pdf', '--copies', '0']],
  ])('refuses %s', async (_, args) => {
    const { run } = await openCommandLine()
    expect((await run(['sheet', ...args])).exitCode).toBeGreaterThan(0)
  })
})
