import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { inChromium } from './chromium'
import { openLonghand, type OpenLonghand } from './openLonghand'

/** Trying the machine's providers takes as long as it takes. */
const LIMIT_MS = 120_000

type Options = Parameters<typeof openLonghand>[1]

async function openSettings(chromium: string, options: Options = {}): Promise<OpenLonghand> {
  const opened = await openLonghand(chromium, { reducedMotion: 'reduce', ...options })
  await opened.page.getByRole('link', { name: /^(Settings|设置)$/ }).click()
  return opened
}

async function machineRow(page: Page, name: string): Promise<string> {
  const row = page.getByTestId('machine').locator('div', { has: page.locator('dt', { hasText: name }) })
  return (await row.first().locator('dd').textContent({ timeout: LIMIT_MS }))?.trim() ?? ''
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

describe('the Settings screen', { timeout: LIMIT_MS }, () => {
  for (const look of [
    { colorScheme: 'light', locale: 'en-US' },
    { colorScheme: 'dark', locale: 'zh-CN' },
  ] as const) {
    inChromium(
      `tells what works on this machine, free of axe violations: ${look.colorScheme}, ${look.locale}`,
      async ({ chromium }) => {
        const { page, complaints } = await openSettings(chromium, look)
        expect(await machineRow(page, 'CPU')).toMatch(/\d/)
        expect(await machineRow(page, 'TensorFlow')).toMatch(/^(Not set up|未安装)$/)
        expect(await violations(page)).toEqual([])
        await page.getByRole('radio', { name: /^Wheel/ }).click()
        expect(await violations(page)).toEqual([])
        expect(complaints).toEqual([])
      },
    )
  }

  inChromium('keeps what a training is to run on, and says what stands against it', async ({ chromium }) => {
    const { page } = await openSettings(chromium)
    const engines = page.getByRole('radiogroup', { name: 'Engine' })
    await engines.getByRole('radio', { name: 'TensorFlow' }).click()
    await page.getByText('TensorFlow is not set up yet: see below.').waitFor()
    const providers = page.getByRole('radiogroup', { name: 'Computed on' })
    await providers.getByRole('radio', { name: 'CPU' }).click()
    await expect
      .poll(() => providers.getByRole('radio', { name: 'CPU' }).getAttribute('aria-checked'))
      .toBe('true')
    await page.reload()
    await expect
      .poll(() => engines.getByRole('radio', { name: 'TensorFlow' }).getAttribute('aria-checked'))
      .toBe('true')
  })

  inChromium(
    'says why TensorFlow could not be set up, in words, and how it is cancelled',
    async ({ chromium }) => {
      const { page, complaints } = await openSettings(chromium)
      await page.getByRole('radio', { name: 'npm package' }).click()
      await page.getByRole('textbox', { name: 'Path' }).fill('/no/such/package')
      await page.keyboard.press('Enter')
      const alert = page.getByRole('alert')
      await alert.getByText('/no/such/package is no TensorFlow that can be used').waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('radio', { name: 'Download' }).click()
      await page.getByRole('button', { name: 'Set up' }).click()
      await alert.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Set up' }).waitFor()
      expect(await alert.count()).toBe(0)
      expect(complaints).toEqual([])
    },
  )

  inChromium('goes on with its work while another screen is on show', async ({ chromium }) => {
    const { page } = await openSettings(chromium)
    await page.getByText('Trying what this machine has').first().waitFor()
    await page.getByRole('link', { name: 'Write' }).click()
    await page.getByTestId('pad').waitFor()
    await page.goBack()
    expect(await machineRow(page, 'CPU')).toMatch(/Works/)
  })
})
