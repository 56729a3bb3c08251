import { expect } from 'vitest'
import { assertExists } from '../../src/shared/assert'
import { plainHanzi } from '../fixtures/ink/plainHanzi'
import { inChromium } from './chromium'
import { draw } from './drawing'
import { openLonghand } from './openLonghand'
import { violations } from './violations'

/** Of ink in a square of 100, in the middle of the pad. */
const onPad = (character: string) =>
  assertExists(plainHanzi.get(character), character).map((stroke) =>
    stroke.map(([x, y]): [number, number] => [0.2 + 0.006 * x, 0.2 + 0.006 * y]),
  )

inChromium(
  '永 is read on the pad, told apart by its pinyin and meaning, and less likely characters are a page away',
  async ({ chromium }) => {
    const { page, complaints } = await openLonghand(chromium, { reducedMotion: 'reduce' })
    await page.getByRole('link', { name: 'Models' }).press('Enter')
    await page.getByRole('button', { name: /hanzi/ }).first().press('Enter')
    await page.getByTestId('chosen-model').filter({ hasText: 'hanzi' }).waitFor()
    await page.getByRole('button', { name: 'Read with it' }).press('Enter')
    await page.getByTestId('reads').waitFor()
    await page.getByRole('link', { name: 'Write' }).press('Enter')
    await page.getByTestId('pad').waitFor()
    await draw(page, onPad('永'))
    await page.getByTestId('answer').getByText('永', { exact: true }).waitFor()
    await page
      .getByTestId('note')
      .getByText(/yǒng · .*eternal.* · 5 strokes · radical 水/)
      .waitFor()

    const first = page.getByRole('button', { name: /^It was 永/ })
    await first.waitFor()
    await page.keyboard.press('PageDown')
    await page.getByText('6–10 of 20').waitFor()
    expect(await first.count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('PageUp')
    await first.waitFor()
    await page.keyboard.press('1')
    await page.getByRole('region', { name: 'Accepted text' }).getByText('永').waitFor()
    expect(complaints).toEqual([])
  },
)
