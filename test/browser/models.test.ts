import { AxeBuilder } from '@axe-core/playwright'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { runBuiltLonghand } from '../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../fixtures/temporaryFolder'
import { inChromium } from './chromium'
import { openLonghand } from './openLonghand'
import { writePictures } from './samplesScreen'

const LIMIT_MS = 120_000

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

async function fillPath(page: Page, path: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^File/).fill(path)
  await dialog.getByRole('button', { name: button }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

/** Nine digits, as the data set 'few'. */
async function importFew(dataFolder: string): Promise<void> {
  const pictures = await temporaryFolder()
  await writePictures(pictures, 9)
  const args = ['import', `images:${pictures}`, '--dataset', 'few']
  expect(await runBuiltLonghand(args, undefined, dataFolder)).toMatchObject({ exitCode: 0 })
}

describe('the Models screen', { timeout: LIMIT_MS }, () => {
  inChromium(
    'exports a model, makes another of the file, names it, compares it, reads with it, goes back and deletes it',
    async ({ chromium }) => {
      const longhand = await openLonghand(chromium, { reducedMotion: 'reduce' })
      const { page, complaints, dataFolder } = longhand
      await importFew(dataFolder)
      const chosen = page.getByTestId('chosen-model')
      await page.getByRole('link', { name: 'Models' }).press('Enter')
      await chosen.filter({ hasText: 'digits' }).waitFor()
      await page.getByText('Learned from').waitFor()
      expect(await violations(page)).toEqual([])
      expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)

      const file = join(await temporaryFolder(), 'shared.longhand')
      await page.getByRole('button', { name: 'Export or share' }).press('Enter')
      await page.getByRole('combobox', { name: /^As/ }).selectOption('profile')
      expect(await violations(page)).toEqual([])
      await fillPath(page, file, 'Write the file')
      await page.getByRole('button', { name: 'Import', exact: true }).press('Enter')
      await fillPath(page, file, 'Import')
      await chosen.filter({ hasText: 'shared' }).waitFor()

      await page.getByRole('textbox', { name: 'Name' }).fill('Mine')
      await page.getByRole('textbox', { name: 'Note' }).fill('a copy')
      await page.getByRole('textbox', { name: 'Note' }).blur()
      await chosen.filter({ hasText: 'Mine' }).waitFor()
      await page.getByRole('button', { name: 'Compare' }).press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('First').selectOption('latin')
      await dialog.getByLabel('Second').selectOption({ label: 'Mine' })
      await dialog.getByLabel(/^On/).selectOption('few')
      await dialog.getByRole('button', { name: 'Compare' }).press('Enter')
      await page
        .getByTestId('compared')
        .filter({ hasText: /changed answers/ })
        .waitFor()
      await dialog
        .getByRole('row', { name: /^Accuracy/ })
        .getByText('100%')
        .last()
        .waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })

      await page.getByRole('button', { name: 'Read with it' }).press('Enter')
      await page.getByTestId('reads').waitFor()
      await page.getByRole('button', { name: 'Roll back' }).press('Enter')
      await page.getByRole('button', { name: 'Read with it' }).waitFor()
      await page.getByRole('button', { name: 'Delete' }).press('Enter')
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter')
      await chosen.filter({ hasText: 'digits' }).waitFor()
      expect(complaints).toEqual([])
    },
  )

  for (const look of [
    { colorScheme: 'light', locale: 'en-US', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'dark', locale: 'zh-CN', viewport: { width: 900, height: 600 } },
  ] as const) {
    inChromium(
      `shows layers, and why a sample is read so, free of axe violations: ${look.colorScheme}, ${look.locale}`,
      async ({ chromium }) => {
        const longhand = await openLonghand(chromium, { reducedMotion: 'reduce', ...look })
        const { page, complaints, dataFolder } = longhand
        await importFew(dataFolder)
        await page.evaluate(() => (window.location.hash = '#models?view=network'))
        await page.getByTestId('maps').getByRole('img').nth(1).waitFor()
        expect(await violations(page)).toEqual([])
        await page.getByRole('button', { name: /^maxPool1$/ }).press('Enter')
        await page
          .getByTestId('maps')
          .getByRole('heading', { name: /maxPool1/ })
          .waitFor()
        await page.getByRole('radio', { name: /^(Why it reads so|为何这样识别)$/ }).click()
        await page.getByTestId('why-answer').filter({ hasText: /\d.*%/ }).waitFor()
        expect(await page.locator('a[href^="#samples?sample="]').count()).toBe(8)
        expect(await violations(page)).toEqual([])
        expect(complaints).toEqual([])
      },
    )
  }
})
