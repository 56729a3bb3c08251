import { AxeBuilder } from '@axe-core/playwright'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { inChromium } from './chromium'
import { draw, drawings } from './drawing'
import { tabAndPress, tabTo } from './keyboard'
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

  inChromium('moves what is beside the pad to the side of the writing hand', async ({ chromium }) => {
    const { page } = await openSettings(chromium)
    const panelIsLeftOfPad = async () => {
      await page.getByRole('link', { name: 'Write' }).click()
      const pad = await page.getByTestId('pad').boundingBox()
      const answer = await page.getByTestId('answer').boundingBox()
      return (answer?.x ?? 0) < (pad?.x ?? 0)
    }
    expect(await panelIsLeftOfPad()).toBe(false)
    await page.goBack()
    await tabTo(page, 'Right')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(panelIsLeftOfPad).toBe(true)
    await page.reload()
    await page.getByTestId('answer').waitFor()
    expect(await panelIsLeftOfPad()).toBe(true)
  })

  inChromium(
    'moves the data folder by keyboard, comes back with everything, and lets go of the old one',
    async ({ chromium, skip }) => {
      if (process.platform !== 'linux') skip('only there the standard folder can be another')
      const { page, dataFolder, complaints } = await openLonghand(chromium, {
        reducedMotion: 'reduce',
        serve: { namesFolder: false },
      })
      await draw(page, drawings.three)
      await page.getByTestId('answer').getByText('3', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'It was 8', exact: true }).click()
      await page.getByTestId('kept').getByText('1 correction kept').waitFor()
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByTestId('machine').waitFor({ timeout: LIMIT_MS })
      const target = join(dataFolder, '..', 'moved', 'here')
      await tabTo(page, 'Move it to')
      await page.keyboard.type(target)
      await page.keyboard.press('Enter')
      // The page begins again once the server has, in the new folder.
      await page.getByTestId('data-folder').getByText(target).waitFor()
      await page.getByText('You moved it here.').waitFor()
      expect(existsSync(join(dataFolder, 'samples.db'))).toBe(true)
      await tabAndPress(page, 'Delete the old folder')
      await page.getByRole('dialog').getByText(dataFolder).waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: 'Delete the old folder' }).press('Enter')
      await page.getByText(/The old folder is deleted/).waitFor()
      expect(existsSync(join(dataFolder, 'samples.db'))).toBe(false)
      await page.getByRole('link', { name: 'Write' }).click()
      await page.getByTestId('kept').getByText('1 correction kept').waitFor()
      // What the browser says of the line that broke is no fault of the page.
      expect(complaints.filter((complaint) => !complaint.includes('WebSocket'))).toEqual([])
    },
  )

  inChromium(
    'says what goes before it deletes what was written, and then everything',
    async ({ chromium }) => {
      const { page, dataFolder } = await openLonghand(chromium, { reducedMotion: 'reduce' })
      await draw(page, drawings.three)
      await page.getByTestId('answer').getByText('3', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'It was 8', exact: true }).click()
      await page.getByTestId('kept').getByText('1 correction kept').waitFor()
      await page.getByRole('link', { name: 'Settings' }).click()
      await tabAndPress(page, 'Delete my samples')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('1 sample that you wrote').waitFor()
      await dialog.getByText('Corrections: 1').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await tabAndPress(page, 'Delete my samples')
      await dialog.getByRole('button', { name: 'Delete my samples' }).press('Enter')
      await page.getByText('1 sample deleted for good').waitFor()
      await page.getByTestId('machine').waitFor({ timeout: LIMIT_MS })
      await tabAndPress(page, 'Delete everything')
      await dialog.getByRole('button', { name: 'Delete everything' }).press('Enter')
      // It is the first day again.
      await page.waitForEvent('load')
      await page.getByTestId('pad').or(page.getByTestId('data-folder')).waitFor()
      expect(existsSync(join(dataFolder, 'settings.json'))).toBe(false)
    },
  )
})

describe('other programs', { timeout: LIMIT_MS }, () => {
  inChromium('are let in by a token that is shown once, and kept out again', async ({ chromium }) => {
    const { page, complaints } = await openSettings(chromium, { permissions: ['clipboard-write'] })
    const section = page.getByRole('region', { name: 'Other programs' })
    await section.getByRole('switch', { name: 'Answer other programs' }).click()
    const port = page.getByLabel('Port')
    await port.fill('24931')
    await port.press('Enter')
    await section.getByText('Listening at http://127.0.0.1:24931').waitFor()
    await section.getByRole('textbox', { name: 'Name of the program' }).fill('notes')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Token for notes' })
    const token = await dialog.getByRole('textbox', { name: 'Token' }).inputValue()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Copy example' }).click()
    await dialog.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await dialog.getByTestId('api-example').textContent()).toContain(
      `-H "Authorization: Bearer ${token}"`,
    )
    await page.keyboard.press('Escape')
    expect(await page.content()).not.toContain(token)
    await section.getByRole('cell', { name: 'Never' }).waitFor()
    const ask = (): Promise<Response> =>
      fetch('http://127.0.0.1:24931/v1/models', { headers: { authorization: `Bearer ${token}` } })
    expect((await ask()).status).toBe(200)
    await section.getByRole('button', { name: 'Revoke the token of notes' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await section.getByText('No program has a token yet.').waitFor()
    expect((await ask()).status).toBe(401)
    await section.getByRole('switch').click()
    await section.getByText('Off. Nothing listens.').waitFor()
    // What is shown follows the switch at once, the server a moment later.
    const answers = (): Promise<boolean> =>
      ask().then(
        () => true,
        () => false,
      )
    await expect.poll(answers).toBe(false)
    expect(complaints).toEqual([])
  })
})
