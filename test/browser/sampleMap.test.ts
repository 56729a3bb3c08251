import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { inChromium } from './chromium'
import { tabAndPress, tabTo } from './keyboard'
import { importByKeyboard, isAt, messages, openSamples, place, writePictures } from './samplesScreen'

const isClean = async (page: Page) =>
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

inChromium(
  'what looks like a sample comes first, and a map of all is drawn, on which some are chosen, flagged and labelled',
  async ({ chromium }) => {
    const { page, dataFolder, complaints } = await openSamples(chromium, { reducedMotion: 'reduce' })
    await writePictures(join(dataFolder, 'pictures'), 120)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    await page.getByRole('combobox', { name: 'Data set' }).focus()
    await page.keyboard.type('pictures')
    await page.getByRole('button', { name: 'About this data set' }).waitFor()

    // Likeness: in the grid by a letter, on a sample's page by a key that no label takes.
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+End')
    await isAt(page, '120 / 120 · labelled 9')
    await page.keyboard.press('s')
    await isAt(page, '1 / 120 · labelled 9')
    expect(page.url()).toMatch(/sort=likeness&like=\d+&model=digits/)
    await page.keyboard.press('ArrowRight')
    await isAt(page, '2 / 120 · labelled 9')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Show what looks like this' }).waitFor()
    await page.keyboard.press('F3')
    await isAt(page, '1 / 120 · labelled 9')
    await page.reload()
    await isAt(page, '1 / 120 · labelled 9')
    await isClean(page)

    // Writers, of whom nobody is known here.
    await page.getByRole('radio', { name: 'Samples' }).focus()
    for (let view = 0; view < 2; view++) await page.keyboard.press('ArrowRight')
    await page.getByRole('button', { name: 'The hand of Not told' }).waitFor()
    await page.getByRole('img', { name: 'Average of all 7' }).waitFor()
    await isClean(page)

    await page.getByRole('radio', { name: 'Writers' }).focus()
    await page.keyboard.press('ArrowRight')
    await tabAndPress(page, 'Draw the map')
    const map = page.getByRole('application')
    await map.waitFor()
    await isClean(page)
    await tabTo(page, /^Map of samples/)
    // Nothing is changed of what is not in sight.
    await page.keyboard.press('f')
    await page.getByText('Nothing is chosen yet.').waitFor()
    for (let larger = 0; larger < 7; larger++) await page.keyboard.press('PageUp')
    await page
      .getByTestId('circle')
      .filter({ hasText: /^\d+ samples in the circle: \d × \d+/ })
      .waitFor()
    await page.keyboard.press('Space')
    const chosen = page.getByTestId('chosen').filter({ hasText: /^\d+ chosen/ })
    const count = Number.parseInt(await chosen.innerText())
    expect(count).toBeGreaterThan(1)
    await page.keyboard.press('f')
    await messages(page).getByText(`${count} samples marked`).waitFor()
    await page.keyboard.press('F2')
    await page.keyboard.type('some')
    await page.keyboard.press('Enter')
    await messages(page).getByText(`${count} samples relabelled as some`).waitFor()
    await page.getByTestId('circle').filter({ hasText: 'some ×' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('chosen').filter({ hasText: 'Nothing is chosen yet' }).waitFor()
    await page.keyboard.press('Space')
    await tabAndPress(page, 'Show in the grid')
    await page.getByRole('grid').waitFor()
    await place(page).getByText(`${count} chosen`).waitFor()

    // The lasso, for those who point.
    await page.getByRole('radio', { name: 'Map' }).click()
    const box = await map.boundingBox()
    if (!box) throw new Error('the map has no place')
    await page.keyboard.press('Escape')
    await page.mouse.move(box.x + 2, box.y + 2)
    await page.mouse.down()
    for (const [x, y] of [
      [box.width - 2, 2],
      [box.width - 2, box.height - 2],
      [2, box.height - 2],
    ] as const)
      await page.mouse.move(box.x + x, box.y + y, { steps: 4 })
    await page.mouse.up()
    await page.getByTestId('chosen').filter({ hasText: '120 chosen' }).waitFor()

    // It is painted anew in another theme, at once.
    const corner = () =>
      map
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.getContext('2d')?.getImageData(2, 2, 1, 1).data[0])
    await expect.poll(corner).toBeGreaterThan(200)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(corner).toBeLessThan(80)
    expect(complaints).toEqual([])
  },
)
