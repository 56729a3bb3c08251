import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { inChromium } from './chromium'
import { draw, drawings } from './drawing'
import { tabAndPress, tabTo } from './keyboard'
import { openSamples } from './samplesScreen'

const isClean = async (page: Page) =>
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
const prompt = (page: Page) => page.getByTestId('prompt')
const written = (page: Page, count: number, total: number) =>
  page
    .getByTestId('collected')
    .filter({ hasText: `${count} / ${total}` })
    .waitFor()

inChromium(
  'guided writing: all but the strokes is done by keyboard, and a second sitting knows what the first one covered',
  async ({ chromium }) => {
    const { page, complaints } = await openSamples(chromium, { reducedMotion: 'reduce' })
    await tabAndPress(page, 'Write samples')
    await page.getByRole('heading', { name: 'Write samples' }).waitFor()
    await isClean(page)
    await tabTo(page, 'Characters')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('17')
    await tabTo(page, 'How often each')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('2')
    await tabTo(page, 'Who writes')
    await page.keyboard.type('Ada')
    // Whoever needs more time than the pause leaves says when a character is done.
    await tabAndPress(page, /^Keep a character once the pen has rested/, 'Space')
    await tabAndPress(page, 'Start: 4 characters')
    await written(page, 0, 4)
    await isClean(page)

    const write = async () => {
      const label = (await prompt(page).innerText()).trim()
      await draw(page, label === '1' ? drawings.one : drawings.seven)
      await page.keyboard.press('Enter')
      return label
    }
    // What is skipped comes last.
    const skipped = (await prompt(page).innerText()).trim()
    await page.keyboard.press('s')
    await write()
    await written(page, 1, 4)
    // The last one is taken back, and asked for again.
    const second = await write()
    await written(page, 2, 4)
    await page.keyboard.press('Backspace')
    await written(page, 1, 4)
    await prompt(page).filter({ hasText: second }).waitFor()
    // A stroke that went wrong is wiped off.
    await draw(page, drawings.scribble)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await written(page, 1, 4)
    await write()
    await write()
    expect(await write()).toBe(skipped)
    await page.getByText('4 samples written').waitFor()
    await tabAndPress(page, 'Show them')
    await page.getByRole('grid').waitFor()
    await page.getByTestId('place').filter({ hasText: '/ 4' }).waitFor()
    await tabAndPress(page, 'Writer')
    await page.getByRole('checkbox', { name: /^Ada 4$/ }).waitFor()
    await page.keyboard.press('Escape')

    await tabAndPress(page, 'Write samples')
    await page.getByRole('listitem').filter({ hasText: /^1 2$/ }).waitFor()
    await page.getByRole('listitem').filter({ hasText: /^7 2$/ }).waitFor()
    await page.getByRole('listitem').filter({ hasText: /^0 0$/ }).waitFor()
    expect(complaints).toEqual([])
  },
)
