import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { inChromium } from './chromium'
import { draw, drawings, drawWithoutLifting } from './drawing'
import { openLonghand } from './openLonghand'

const reads = (page: Page, text: string) =>
  page.getByTestId('answer').getByText(text, { exact: true }).waitFor()
const verdict = (page: Page, text: string) =>
  page.getByTestId('verdict').getByText(text, { exact: true }).waitFor()
const accepted = async (page: Page) => (await page.getByTestId('transcript').textContent())?.trim()

describe('the reading', () => {
  inChromium('appears while the pen is still down', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    const [seven] = drawings.seven
    if (seven) await drawWithoutLifting(page, seven)
    await reads(page, '7')
    await page.mouse.up()
    await verdict(page, 'Read')
  })

  inChromium('shows what the model saw, by which model, and how fast', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.three)
    await reads(page, '3')
    expect(await page.getByTestId('model').textContent()).toBe('digits')
    expect(await page.getByTestId('time').textContent()).toMatch(/^\d+(\.\d)? ms$/)
    const [width, height, litPixels] = await page.getByTestId('raster').evaluate((element) => {
      const canvas = element as HTMLCanvasElement
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      }
      return [canvas.width, canvas.height, data.filter((value, i) => i % 4 === 0 && value > 128).length]
    })
    expect([width, height]).toEqual([28, 28])
    expect(litPixels).toBeGreaterThan(20)
  })

  inChromium('is taken over by itself after the pause that was set', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await page.getByRole('button', { name: 'Quick settings' }).click()
    await page.getByRole('switch', { name: 'Accept after a pause' }).click()
    await page.keyboard.press('Escape')
    await draw(page, drawings.three)
    await verdict(page, 'Accepted')
    expect(await accepted(page)).toBe('3')
  })

  inChromium('comes back with its ink where its acceptance is undone', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.three)
    await verdict(page, 'Read')
    await page.keyboard.press('1')
    await verdict(page, 'Accepted')
    expect(await accepted(page)).toBe('3')
    // The best answer was right: there is nothing to keep.
    await page.getByTestId('kept').getByText('0 corrections kept').waitFor()
    await page.keyboard.press('Control+z')
    await verdict(page, 'Read')
    expect(await accepted(page)).toBe('Accepted characters line up here')
  })

  inChromium('says what is wrong with a picture that is none', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Open a picture' }).click()
    await (
      await chooser
    ).setFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Dear diary') })
    await page.getByRole('region', { name: 'Messages' }).getByText('notes.png').first().waitFor()
    await page.getByText('No preview').waitFor()
  })
})

describe('the frame', () => {
  inChromium('names the screens, all of them to be opened', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    const links = await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').all()
    const states = links.map(async (link) => [
      (await link.textContent())?.trim(),
      await link.getAttribute('aria-disabled'),
    ])
    expect(await Promise.all(states)).toEqual([
      ['Write', null],
      ['Read', null],
      ['Samples', null],
      ['Hands', null],
      ['Teach', null],
      ['Models', null],
      ['Settings', null],
    ])
  })

  inChromium('explains itself in a tab that has no link of its own', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.getByRole('heading', { name: /^This link to Longhand/ }).waitFor()
    expect(await other.getByTestId('pad').count()).toBe(0)
  })
})
