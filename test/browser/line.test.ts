import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { assertExists } from '../../src/shared/assert'
import { inChromium } from './chromium'
import { openLonghand } from './openLonghand'

type Stroke = readonly (readonly [number, number])[]

/** Digits as strokes in heights of a digit, from the left end of the line and up from it being 1 to 0 on it. */
const forms: Readonly<Record<string, readonly Stroke[]>> = {
  '.': [
    [
      [0.02, 0.97],
      [0.05, 1],
    ],
  ],
  1: [
    [
      [0.1, 0],
      [0.1, 0.25],
      [0.1, 0.5],
      [0.1, 0.75],
      [0.1, 1],
    ],
  ],
  3: [arc(0.2, 0.27, 0.25, -150, 80).concat(arc(0.2, 0.75, 0.27, -80, 150))],
  7: [
    [
      [0, 0],
      [0.25, 0],
      [0.5, 0],
      [0.4, 0.35],
      [0.3, 0.65],
      [0.2, 1],
    ],
  ],
  0: [arc(0.25, 0.5, 0.5, -90, 275, 0.5)],
}

function arc(x: number, y: number, radius: number, from: number, to: number, narrow = 1): [number, number][] {
  return Array.from({ length: 21 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 20) * Math.PI) / 180
    return [x + narrow * radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

/** Writes by real pointer events, each character `step` heights of a digit after the one before. */
async function write(page: Page, text: string, from = 0, step = 0.85): Promise<void> {
  const pad = assertExists(await page.getByTestId('pad').boundingBox(), 'the pad')
  const height = pad.height * 0.35
  for (const [at, label] of Array.from(text).entries()) {
    for (const stroke of forms[label] ?? []) {
      for (const [i, [x, y]] of stroke.entries()) {
        const left = pad.x + 60 + (from + at * step + x) * height
        await page.mouse.move(left, pad.y + pad.height * 0.33 + y * height)
        if (i === 0) await page.mouse.down()
      }
      await page.mouse.up()
    }
  }
}

const character = (page: Page, name: RegExp) =>
  page.getByTestId('line-characters').getByRole('button', { name })
const reads = (page: Page, text: string) =>
  page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' })

async function openLine(chromium: string, options: Parameters<typeof openLonghand>[1] = {}) {
  const opened = await openLonghand(chromium, { ...options, reducedMotion: 'reduce' })
  await opened.page.getByRole('link', { name: /^(Line|整行)$/ }).click()
  return opened
}

describe('the line pad', () => {
  inChromium(
    'reads an amount, which is put right character by character and taken over',
    async ({ chromium }) => {
      const { page, complaints } = await openLine(chromium)
      await page.getByRole('combobox', { name: 'Expected' }).selectOption('amount')
      await write(page, '137.30')
      await reads(page, '137.30')
      expect(await character(page, /./).count()).toBe(6)

      // What made the third is shown, and what else it may be.
      await character(page, /^Character 3/).hover()
      expect(await page.getByTestId('halo').count()).toBe(1)
      await character(page, /^Character 3/).click()
      await page
        .getByTestId('line-candidates')
        .getByRole('button', { name: /^It was 7 / })
        .waitFor()
      await page.keyboard.press('1')
      await reads(page, '131.30')
      await page.getByText('Kept as 1').waitFor()

      await page.keyboard.press('Enter')
      await page.getByTestId('transcript').getByText('131.30').waitFor()
      await page.keyboard.press('Control+z')
      await reads(page, '131.30')
      expect(complaints).toEqual([])
    },
  )

  inChromium('lets what is written over a character take its place', async ({ chromium }) => {
    const { page } = await openLine(chromium)
    await page.getByRole('combobox', { name: 'Expected' }).selectOption('digits')
    await write(page, '373')
    await reads(page, '373')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await write(page, '0', 0.85)
    await reads(page, '303')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await reads(page, '373')
  })

  inChromium('reads words of the user’s own list', async ({ chromium }) => {
    const { page } = await openLine(chromium)
    await page.getByRole('combobox', { name: 'Expected' }).selectOption('words')
    await page.getByRole('textbox').fill('731\n103\n')
    await page.getByRole('button', { name: 'Keep the list' }).click()
    await write(page, '103')
    await reads(page, '103')
    expect(await page.getByTestId('misfit').count()).toBe(0)
  })

  for (const look of [
    { colorScheme: 'light', locale: 'en-US' },
    { colorScheme: 'dark', locale: 'zh-CN' },
  ] as const) {
    inChromium(
      `has no axe violations, ${look.colorScheme}, ${look.locale}, and fits 900 by 600`,
      async ({ chromium }) => {
        const { page, complaints } = await openLine(chromium, {
          ...look,
          viewport: { width: 900, height: 600 },
        })
        await write(page, '37')
        await reads(page, '37')
        await page.keyboard.press('ArrowLeft')
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([])
        const scrolls = await page.evaluate(() => [
          document.documentElement.scrollWidth > 900,
          document.documentElement.scrollHeight > 600,
        ])
        expect(scrolls).toEqual([false, false])
        expect(complaints).toEqual([])
      },
    )
  }
})
