import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

const line = '[[[0,0],[5,9]],[[20,0,10]]]'

describe('longhand read-line', () => {
  it('reads each line of a file of ink, bare or as samples are kept, with what is expected of it', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'a.jsonl'), `${line}\n\n{"label":"7","strokes":${line}}\n`)
    const args = ['read-line', '--ink', 'a.jsonl', '--expects', 'amount', '--json']
    const { exitCode, stdout, stderr } = await run(args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const readings = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { text: string })
    expect(readings.map(({ text }) => text)).toEqual(['2 strokes as "amount"', '2 strokes as "amount"'])
  })

  it('takes a list of words from a file, without its empty lines', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'a.jsonl'), line)
    await writeFile(join(userFolder, 'words.txt'), 'Zürich\r\n\n  Bern \n')
    const { stdout } = await run(['read-line', '--ink', 'a.jsonl', '--words', 'words.txt'])
    expect(stdout).toBe('2 strokes as {"words":["Zürich","Bern"]}\n')
  })

  it.each([
    ['no ink', '{"label":"7"}\n', 'line 1'],
    ['no JSON', `${line}\nseven`, 'line 2'],
    ['nothing', '\n', 'a.jsonl'],
  ])('says in one line where a file holds %s', async (_, content, place) => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'a.jsonl'), content)
    const { exitCode, stdout, stderr } = await run(['read-line', '--ink', 'a.jsonl'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^longhand: .+\n$/)
    expect(stderr).toContain(place)
  })
})
