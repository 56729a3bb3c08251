import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLesson } from '../../../src/main/engineProcess/teaching/teachable'
import { exampleCard } from '../../fixtures/exampleCard'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

it('what is trained goes by the samples that are learned from, not by all that there are', async () => {
  const file = join(await temporaryFolder(), 'hand.jsonl')
  const stroke = [
    [0, 0, 0],
    [10, 30, 100],
  ]
  const lines = ['0', '1'].flatMap((label) =>
    Array.from({ length: 12 }, () => ({ label, strokes: [stroke] })),
  )
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  const rungOf = async (shots: number | null) => {
    const { plan } = await openLesson(
      { card: exampleCard('base') },
      `ink:${file}`,
      shots,
      new AbortController().signal,
    )
    return plan.rung
  }
  expect(await rungOf(null)).toBe('last')
  expect(await rungOf(5)).toBe('head')
  expect(await rungOf(1)).toBe('prototypes')
})
