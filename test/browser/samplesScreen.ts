import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { mnistTestSamples } from '../fixtures/mnistSamples'
import { tabAndPress, tabTo } from './keyboard'
import { openLonghand, type OpenLonghand } from './openLonghand'

export const place = (page: Page) => page.getByTestId('place')
export const messages = (page: Page) => page.getByRole('region', { name: 'Messages' })

/** Waits until the screen says where in the result the user is, such as "3 / 12 · labelled 7". */
export async function isAt(page: Page, text: string): Promise<void> {
  await place(page).filter({ hasText: text }).waitFor()
}

/** The app at the Samples screen, reached by keyboard. */
export async function openSamples(
  chromium: string,
  options: Parameters<typeof openLonghand>[1] = {},
): Promise<OpenLonghand> {
  const longhand = await openLonghand(chromium, options)
  await tabAndPress(longhand.page, /^(Samples|样本)$/)
  return longhand
}

/** The first pictures of MNIST's test data, in folders by label. */
export async function writePictures(folder: string, count: number): Promise<void> {
  for (const [i, { pixels, label }] of (await mnistTestSamples(count)).entries()) {
    await mkdir(join(folder, label), { recursive: true })
    await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } })
      .png()
      .toFile(join(folder, label, `${String(i).padStart(4, '0')}.png`))
  }
}

/** Ink of two sevens and a one, with times. */
export async function writeInkFile(file: string): Promise<void> {
  const seven = (shift: number) => [
    [10 + shift, 10, 0],
    [60, 10, 120],
    [30, 90, 400],
  ]
  const lines = [
    { label: '7', strokes: [seven(0)] },
    { label: '7', strokes: [seven(5)] },
    {
      label: '1',
      strokes: [
        [
          [30, 10, 0],
          [30, 90, 250],
        ],
      ],
    },
  ]
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

/** Imports a file or folder through the dialog, by keyboard, and waits for the grid. */
export async function importByKeyboard(page: Page, path: string): Promise<void> {
  await tabAndPress(page, /^Import( …)?$/)
  await page.getByRole('dialog').waitFor()
  await tabTo(page, /^File or folder/)
  await page.keyboard.type(path)
  await tabAndPress(page, 'Look through it')
  await page.getByTestId('preview').waitFor()
  await tabAndPress(page, 'Import')
  await page.getByRole('grid').waitFor()
  await messages(page).getByText('came into').waitFor()
}
