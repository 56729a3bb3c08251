import { describe, expect, it } from 'vitest'
import { pageSize, SamplePages } from '../../../../src/renderer/samples/grid/samplePages'
import type { SamplePage } from '../../../../src/shared/contract/samples'
import { encodeSampleBlock, thumbnailBytes } from '../../../../src/shared/samples/sampleBlock'

/** A result of so many samples, whose ids count from 1, as the service would answer with it, when it is told to. */
function openResult(total: number) {
  const asked: { offset: number; answer: () => Promise<void>; fail: () => Promise<void> }[] = []
  const errors: unknown[] = []
  const result = { total, revision: 1 }
  const pages = new SamplePages({
    load: (offset, count) =>
      new Promise<SamplePage>((resolve, reject) => {
        const settle = (act: () => void) => async () => {
          act()
          await new Promise((done) => setTimeout(done))
        }
        asked.push({
          offset,
          answer: settle(() => resolve(pageOf(result, offset, count))),
          fail: settle(() => reject(new Error('gone'))),
        })
      }),
    onArrival: () => undefined,
    onError: (thrown) => errors.push(thrown),
  })
  const answerAll = async () => {
    while (asked.length > 0) await asked.shift()?.answer()
  }
  return { pages, asked, errors, result, answerAll }
}

function pageOf(
  { total, revision }: { total: number; revision: number },
  offset: number,
  count: number,
): SamplePage {
  const cells = Array.from({ length: Math.max(0, Math.min(count, total - offset)) }, (_, i) => ({
    ...{ id: offset + i + 1, label: 0, predicted: 1, confidence: 0.5 },
    ...{ flagged: false, corrected: false, reviewed: false, hasInk: false },
    pixels: new Uint8Array(thumbnailBytes),
  }))
  return { total, offset, block: encodeSampleBlock(cells), labels: [`r${revision}`, '8'], revision }
}

describe('the pages of a result', () => {
  it('are asked for where the grid looks, then beside it', async () => {
    const { pages, asked, answerAll } = openResult(10 * pageSize)
    pages.want(3 * pageSize + 5, 4 * pageSize + 5)
    expect(asked.map(({ offset }) => offset / pageSize)).toEqual([3, 4])
    await asked.shift()?.answer()
    expect(asked.map(({ offset }) => offset / pageSize)).toEqual([4, 5, 2])
    await answerAll()
    expect(pages.total).toBe(10 * pageSize)
    expect(pages.cell(3 * pageSize + 7)?.id).toBe(3 * pageSize + 8)
    expect([pages.labelOf(3 * pageSize), pages.predictedOf(3 * pageSize)]).toEqual(['r1', '8'])
    expect(pages.cell(9 * pageSize)).toBeNull()
  })

  it('are never asked for by the dozen, and not where the grid was before', async () => {
    const { pages, asked } = openResult(1_000_000)
    pages.want(0, 10)
    await asked.shift()?.answer()
    for (let at = 0; at < 500_000; at += 7 * pageSize) pages.want(at, at + 20 * pageSize)
    expect(asked.length).toBeLessThanOrEqual(3)
    const last = Math.floor(499_000 / (7 * pageSize)) * 7
    while (asked.length > 0) await asked.shift()?.answer()
    expect(pages.cell(last * pageSize)).not.toBeNull()
    expect(pages.cell(200 * pageSize)).toBeNull()
  })

  it('are shown as they were until they have come anew', async () => {
    const { pages, asked, result, answerAll } = openResult(5)
    pages.want(0, 5)
    await answerAll()
    const version = pages.versionOf(0, 5)
    result.revision = 2
    pages.refresh()
    expect(pages.labelOf(0)).toBe('r1')
    expect(asked).toHaveLength(1)
    await answerAll()
    expect(pages.labelOf(0)).toBe('r2')
    expect(pages.versionOf(0, 5)).not.toBe(version)
  })

  it('of another query are not taken for those of the one before', async () => {
    const { pages, asked, result } = openResult(5)
    pages.want(0, 5)
    const [before] = asked.splice(0)
    result.total = 2
    pages.reset()
    await asked.shift()?.answer()
    result.total = 5
    await before?.answer()
    expect(pages.total).toBe(2)
    expect(pages.cell(3)).toBeNull()
  })

  it('are not asked for again and again where that fails', async () => {
    const { pages, asked, errors } = openResult(5)
    pages.want(0, 5)
    await asked.shift()?.fail()
    pages.want(0, 4)
    expect([asked.length, errors.length]).toEqual([0, 1])
    pages.refresh()
    expect(asked).toHaveLength(1)
  })
})
