import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect } from 'vitest'
import { inChromium } from './chromium'
import { draw, drawings } from './drawing'
import { openLonghand } from './openLonghand'
import { pasted } from './pasted'

/** The Quick pad as the desktop shell opens it, in this tab, whose session the server knows. */
async function openQuickPad(
  chromium: string,
  look: { colorScheme?: 'dark' | 'light'; locale?: string } = {},
) {
  const opened = await openLonghand(chromium, {
    ...look,
    viewport: { width: 380, height: 420 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = opened
  await page.evaluate(() => navigator.clipboard.writeText('what was there before'))
  await page.goto(new URL('/quickPad.html', page.url()).href)
  await page.getByTestId('pad').waitFor()
  return { ...opened, clipboard: () => pasted(page) }
}

describe('the Quick pad', () => {
  inChromium('copies what it read, several characters in a row, and closes', async ({ chromium }) => {
    const { page, complaints, clipboard } = await openQuickPad(chromium)
    await draw(page, drawings.three)
    await page.getByTestId('quick-answer').getByText('3', { exact: true }).waitFor()
    await page.keyboard.press('Space')
    await draw(page, drawings.seven)
    await page.getByTestId('quick-answer').getByText('7', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    // A tab of the browser stays, as the window does that is only hidden: it is empty for the next time.
    await page.getByTestId('quick-text').getByText('Write, then press Enter').waitFor()
    expect(await clipboard()).toBe('37')
    expect(complaints).toEqual([])
  })

  inChromium('leaves the clipboard alone after Esc, and for what is no character', async ({ chromium }) => {
    const { page, clipboard } = await openQuickPad(chromium)
    await draw(page, drawings.three)
    await page.getByTestId('quick-answer').getByText('3', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await draw(page, drawings.scribble)
    await page.getByTestId('quick-text').getByText('Not a character').waitFor()
    await page.keyboard.press('Enter')
    expect(await clipboard()).toBe('what was there before')
  })

  for (const look of [
    { colorScheme: 'light', locale: 'en-US' },
    { colorScheme: 'dark', locale: 'zh-CN' },
  ] as const) {
    inChromium(`is free of axe violations: ${look.colorScheme}, ${look.locale}`, async ({ chromium }) => {
      const { page } = await openQuickPad(chromium, look)
      const violations = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)
      expect(await violations()).toEqual([])
      await draw(page, drawings.three)
      await page.getByTestId('quick-answer').getByText('3', { exact: true }).waitFor()
      expect(await violations()).toEqual([])
    })
  }
})
