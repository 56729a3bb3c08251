import { describe, expect } from 'vitest'
import { inChromium } from './chromium'
import { draw, drawings } from './drawing'
import { openLonghand } from './openLonghand'
import { violations } from './violations'

const looks = [
  { colorScheme: 'light', locale: 'en-US' },
  { colorScheme: 'dark', locale: 'en-US' },
  { colorScheme: 'light', locale: 'zh-CN' },
  { colorScheme: 'dark', locale: 'zh-CN' },
] as const

describe('the Write screen is free of axe violations', () => {
  for (const look of looks) {
    inChromium(
      `${look.colorScheme}, ${look.locale}: empty, read, in doubt, and with its settings open`,
      async ({ chromium }) => {
        // Motion is over at once, so that no colour is measured half way.
        const { page, complaints } = await openLonghand(chromium, { ...look, reducedMotion: 'reduce' })
        expect(await violations(page)).toEqual([])
        await draw(page, drawings.three)
        await page.getByTestId('answer').getByText('3', { exact: true }).waitFor()
        expect(await violations(page)).toEqual([])
        await page.keyboard.press('Escape')
        await draw(page, drawings.scribble)
        expect(await violations(page)).toEqual([])
        await page.getByRole('button', { name: /^(Quick settings|快捷设置)$/ }).click()
        expect(await violations(page)).toEqual([])
        expect(complaints).toEqual([])
      },
    )
  }
})

describe('the Write screen', () => {
  inChromium('fits 900 by 600 without scrolling, and moves nothing when it reads', async ({ chromium }) => {
    const { page } = await openLonghand(chromium, { viewport: { width: 900, height: 600 } })
    const layout = () =>
      page.evaluate(() => ({
        scrolls: [document.documentElement.scrollWidth > 900, document.documentElement.scrollHeight > 600],
        places: [...document.querySelectorAll('button, [data-testid]')].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          return [x, y, width, height].map(Math.round).join(' ')
        }),
      }))
    const before = await layout()
    expect(before.scrolls).toEqual([false, false])
    await draw(page, drawings.three)
    await page.getByTestId('answer').getByText('3', { exact: true }).waitFor()
    const { scrolls, places } = await layout()
    expect(scrolls).toEqual([false, false])
    // What was there is where it was; the verdict is new, in a place that was kept for it.
    expect(places).toEqual(expect.arrayContaining(before.places))
  })

  inChromium('can be gone through by keyboard, the focus always visible', async ({ chromium }) => {
    const { page } = await openLonghand(chromium)
    await draw(page, drawings.three)
    await page.getByTestId('answer').getByText('3', { exact: true }).waitFor()
    const enabled = await page.locator('button:enabled:visible').count()
    const reached = new Set<string>()
    for (let i = 0; i < enabled + 5; i++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        if (!element || element === document.body) return null
        const style = getComputedStyle(element)
        return {
          name: element.getAttribute('aria-label') ?? element.textContent,
          outline: style.outlineStyle,
          shadow: style.boxShadow,
        }
      })
      if (!focused) continue
      reached.add(focused.name)
      expect(focused.outline !== 'none' || focused.shadow !== 'none', `${focused.name} shows no focus`).toBe(
        true,
      )
    }
    expect(reached.size).toBeGreaterThanOrEqual(enabled - 2)
  })
})
