import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { describe, expect } from 'vitest'
import { mnistTestSamples } from '../fixtures/mnistSamples'
import { inChromium } from './chromium'
import { draw, drawings } from './drawing'
import { openLonghand } from './openLonghand'
import { pasted } from './pasted'

const answer = (page: Page) => page.getByTestId('answer')
const kept = (page: Page) => page.getByTestId('kept')
const transcript = (page: Page) => page.getByRole('region', { name: 'Accepted text' })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function reads(page: Page, text: string): Promise<void> {
  await answer(page).getByText(text, { exact: true }).waitFor()
}

describe('writing on the pad', () => {
  inChromium('is read as it is written, and complains of nothing', async ({ chromium }) => {
    const { page, complaints } = await openLonghand(chromium)
    await draw(page, drawings.three)
    await reads(page, '3')
    expect(await page.getByRole('button', { name: /^It was 3 \(/ }).count()).toBe(1)
    // Said once the pen rests, not at every stroke.
    await page.getByRole('status').filter({ hasText: /^3, / }).waitFor({ state: 'attached' })
    expect(complaints).toEqual([])
  })

  inChromium('is not guessed at where it is a scribble', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.scribble)
    await page.getByText('Not a character').first().waitFor()
    expect(await button(page, 'Accept').isDisabled()).toBe(true)
  })

  inChromium('is taken over by Enter, line after line, and copied', async ({ chromium }) => {
    const { page } = await openLonghand(chromium, { permissions: ['clipboard-read', 'clipboard-write'] })
    for (const [drawing, digit] of [
      [drawings.three, '3'],
      [drawings.seven, '7'],
    ] as const) {
      await draw(page, drawing)
      await reads(page, digit)
      await page.keyboard.press('Enter')
    }
    await transcript(page).getByText('37').waitFor()
    await page.keyboard.press('Control+c')
    await page.getByText('Copied').waitFor()
    expect(await pasted(page)).toBe('37')
    expect(await kept(page).textContent()).toContain('0 corrections')
  })

  inChromium(
    'is copied and dragged out as text, and as the picture that the model sees',
    async ({ chromium }) => {
      const { page, complaints } = await openLonghand(chromium)
      await draw(page, drawings.seven)
      await reads(page, '7')
      const dragged = (selector: string, type: string): Promise<string> =>
        page.evaluate(
          ([dragged, wanted]) => {
            const data = new DataTransfer()
            const options = { bubbles: true, cancelable: true, dataTransfer: data }
            document.querySelector(dragged)?.dispatchEvent(new DragEvent('dragstart', options))
            // Let go over the pad, it is not taken for a picture to read.
            document.dispatchEvent(new DragEvent('drop', options))
            return data.getData(wanted)
          },
          [selector, type] as const,
        )
      expect(await dragged('[data-testid=answer] [draggable=true]', 'text/plain')).toBe('7')
      expect(await dragged('[data-testid=raster]', 'DownloadURL')).toMatch(
        /^image\/png:longhand\.png:data:image\/png;base64,/,
      )
      expect(await page.getByText('That is not a picture').count()).toBe(0)
      await page.keyboard.press('Control+c')
      await page.getByText('Copied').waitFor()
      expect(await pasted(page)).toBe('7')
      expect(complaints).toEqual([])
    },
  )

  inChromium('is undone, redone, erased and cleared by keys', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.one)
    await reads(page, '1')
    await page.keyboard.press('Control+z')
    await reads(page, 'Nothing written yet')
    await page.keyboard.press('Control+Shift+z')
    await reads(page, '1')
    await page.keyboard.press('Escape')
    await reads(page, 'Nothing written yet')
    await page.keyboard.press('Control+z')
    await reads(page, '1')
    await page.keyboard.press('e')
    // Across the stroke's middle.
    await draw(page, [
      [
        [0.4, 0.5],
        [0.45, 0.5],
        [0.5, 0.5],
        [0.55, 0.5],
      ],
    ])
    await reads(page, 'Nothing written yet')
  })
})

describe('a correction', () => {
  inChromium(
    'takes one click, is kept with a label, counted, and can be taken back',
    async ({ chromium }) => {
      const { page } = await openLonghand(chromium)
      await draw(page, drawings.three)
      await reads(page, '3')
      await button(page, 'It was 8').click()
      await kept(page).getByText('1 correction kept').waitFor()
      await transcript(page).getByText('8').waitFor()
      await page.getByRole('button', { name: 'Undo' }).last().click()
      await kept(page).getByText('0 corrections kept').waitFor()
    },
  )

  inChromium('can be made by a number key, and outlives the page', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.seven)
    await reads(page, '7')
    await page.keyboard.press('2')
    await kept(page).getByText('1 correction kept').waitFor()
    await page.reload()
    await kept(page).getByText('1 correction kept').waitFor()
  })
})

describe('a picture', () => {
  inChromium('is read where nothing can be drawn', async ({ chromium }) => {
    const { page, dataFolder } = await openLonghand(chromium)
    const [seven] = await mnistTestSamples(1)
    if (!seven) throw new Error('MNIST is missing')
    const file = join(dataFolder, 'seven.png')
    await sharp(seven.pixels, { raw: { width: 28, height: 28, channels: 1 } })
      .negate()
      .resize(280)
      .png()
      .toFile(file)
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Open a picture').click()
    await (await chooser).setFiles(file)
    await reads(page, '7')
  })
})

describe('settings', () => {
  inChromium('switch the language at once and for good', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.three)
    await reads(page, '3')
    await button(page, '切换到中文').click()
    await page.getByRole('heading', { name: '书写' }).waitFor()
    await reads(page, '3')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.reload()
    await page.getByRole('heading', { name: '书写' }).waitFor()
  })

  inChromium('switch the appearance', async ({ chromium }) => {
    const { page } = await openLonghand(chromium, { colorScheme: 'light' })
    await button(page, 'Use the dark appearance').click()
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
  })
})
