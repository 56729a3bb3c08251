import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { assertExists } from '../../src/shared/assert'
import { joinedLoops } from '../fixtures/joinedLoops'
import { inChromium } from './chromium'
import { openLonghand } from './openLonghand'

/** Writes a word by real pointer events in one stroke, on the pad's baseline. */
async function writeJoined(page: Page, word: string, left: number): Promise<void> {
  const pad = assertExists(await page.getByTestId('pad').boundingBox(), 'the pad')
  const scale = (pad.height * 0.35) / 100
  for (const stroke of joinedLoops(word)) {
    for (const [i, [x, y]] of stroke.entries()) {
      await page.mouse.move(pad.x + left + x * scale, pad.y + pad.height * 0.68 + (y - 100) * scale)
      if (i === 0) await page.mouse.down()
    }
    await page.mouse.up()
  }
}

const reads = (page: Page, text: string) =>
  page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' })

describe('joined writing on the line pad', () => {
  inChromium('is read word by word, and put right by a list of words', async ({ chromium }) => {
    const { page, complaints } = await openLonghand(chromium, { reducedMotion: 'reduce' })
    await page.getByRole('link', { name: 'Line', exact: true }).click()
    await page.getByRole('switch', { name: 'Joined writing' }).click()
    await writeJoined(page, 'elle', 60)
    await reads(page, 'elle')
    await writeJoined(page, 'eel', 560)
    await reads(page, 'elle eel')
    const words = page.getByTestId('line-characters').getByRole('button')
    expect(await words.count()).toBe(2)

    // A word is picked among its candidates.
    await page.getByRole('button', { name: /^Word 2/ }).click()
    const other = page.getByTestId('line-candidates').getByRole('button').nth(1)
    const label = assertExists(await other.locator('span').first().textContent(), 'another reading')
    await other.click()
    await reads(page, `elle ${label}`)
    await page.keyboard.press('Escape')

    await page.keyboard.press('Control+z')
    await page.getByRole('combobox', { name: 'Expected' }).selectOption('words')
    await page.getByRole('textbox').fill('bell\nElle\nwill\n')
    await page.getByRole('button', { name: 'Keep the list' }).click()
    await reads(page, 'Elle')
    await page.keyboard.press('Enter')
    await page.getByTestId('transcript').getByText('Elle').waitFor()

    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    expect(complaints).toEqual([])
  })

  inChromium('has a model of its own, which is offered for nothing else', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await page.getByRole('link', { name: 'Models' }).click()
    await page.getByText('words', { exact: true }).first().click()
    await page.getByText('Reads joined words on the line pad').waitFor()
    expect(await page.getByRole('button', { name: 'Read with it' }).count()).toBe(0)
  })
})
