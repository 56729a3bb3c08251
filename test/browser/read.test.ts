import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect } from 'vitest'
import { mnistTestSamples } from '../fixtures/mnistSamples'
import { composePage } from '../fixtures/pages/composePage'
import { inChromium } from './chromium'
import { openLonghand } from './openLonghand'

describe('the Read screen', () => {
  inChromium(
    'reads a dropped page, is put right and undone by keyboard, and saves the text',
    async ({ chromium }) => {
      const { page, complaints } = await openLonghand(chromium, {
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 800 },
      })
      const samples = await mnistTestSamples(10)
      const glyphs = [0, 1, 3, 8, 4, 2].flatMap((at) => samples[at] ?? [])
      const { picture } = await composePage(glyphs, { columns: 3, pitch: 40, seed: 1 })
      await page.getByRole('link', { name: 'Read', exact: true }).press('Enter')
      await page
        .getByLabel('Open pictures', { exact: true })
        .and(page.locator('input'))
        .setInputFiles({ name: 'page.jpg', mimeType: 'image/jpeg', buffer: picture })
      const lines = page.getByTestId('read-line')
      await lines.nth(1).waitFor()
      const textOf = async (at: number) => (await lines.nth(at).innerText()).replaceAll(/\s/g, '')
      expect([await textOf(0), await textOf(1)]).toEqual(['720', '541'])

      const field = page.getByLabel('Correct', { exact: true })
      await field.focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.type('9')
      await expect.poll(async () => (await textOf(0)) + (await textOf(1))).toMatch(/9/)
      await page.keyboard.press('Control+z')
      await expect.poll(async () => (await textOf(0)) + (await textOf(1))).toBe('720541')

      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Text', exact: true }).press('Enter')
      const saved = await (await downloading).path()
      // Gaps this wide may be spaces.
      expect((await readFile(saved, 'utf8')).replaceAll(' ', '')).toBe('720\n541\n')
      expect(complaints).toEqual([])
    },
  )
})
