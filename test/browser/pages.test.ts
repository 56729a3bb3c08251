import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect } from 'vitest'
import { mnistTestSamples } from '../fixtures/mnistSamples'
import { composePage } from '../fixtures/pages/composePage'
import { inChromium } from './chromium'
import { openLonghand } from './openLonghand'

describe('a page of handwriting', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    inChromium(
      `is cut, put right, labelled by typing and kept, by keyboard (${colorScheme})`,
      async ({ chromium }) => {
        const { page, complaints } = await openLonghand(chromium, {
          colorScheme,
          reducedMotion: 'reduce',
          viewport: colorScheme === 'light' ? { width: 1280, height: 800 } : { width: 900, height: 600 },
        })
        const digits = await mnistTestSamples(6)
        const { picture } = await composePage(digits, { columns: 3, pitch: 40, seed: 1 })
        await page.getByRole('button', { name: 'Cut a page' }).focus()
        await page.keyboard.press('Enter')
        await page
          .getByLabel('Choose a photo or scan', { exact: true })
          .and(page.locator('input'))
          .setInputFiles({ name: 'page.jpg', mimeType: 'image/jpeg', buffer: picture })
        await page.getByText('Box 1 of 6, 0 labelled').waitFor()
        await page.getByLabel('Type', { exact: true }).focus()
        await page.keyboard.type('72')
        await page.getByText('Box 3 of 6, 2 labelled').waitFor()
        await page.keyboard.press('Delete')
        await page.getByText('Box 3 of 5, 2 labelled').waitFor()
        await page.keyboard.press('Control+z')
        await page.keyboard.type('104')
        await page.getByText('Box 6 of 6, 5 labelled').waitFor()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([])
        await page.getByRole('button', { name: 'Keep 5 samples' }).press('Enter')
        await page.getByText('5 samples kept').waitFor()
        expect(complaints).toEqual([])
      },
    )
  }
})
