import { AxeBuilder } from '@axe-core/playwright'
import { chromium as playwright, type BrowserContextOptions, type Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { inChromium } from './chromium'
import { everyLook } from './everyScreen'
import { serveLonghand } from './serveLonghand'

/** All screens one after another, on a machine that may be slow. */
const LIMIT_MS = 240_000

/** The first run, as somebody meets it. */
async function openFirstRun(executablePath: string, options: BrowserContextOptions): Promise<Page> {
  const { url } = await serveLonghand({ settings: {} })
  const browser = await playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    // A tooltip belongs to its button, not to a part of the page.
    .exclude('[data-bits-floating-content-wrapper]')
    .analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Controls in sight that a finger would miss: under 24 CSS pixels, as WCAG 2.5.8 has it. What has a label counts with that. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const least = 24
    const controls = 'button, a[href], input, select, textarea, [role=radio], [role=switch], [role=slider]'
    return [...document.querySelectorAll<HTMLElement>(controls)].flatMap((element) => {
      if (element.closest('.sr-only, [inert]') || !element.checkVisibility({ visibilityProperty: true }))
        return []
      const target = element.closest('label') ?? element
      // A slider's track can be hit, too.
      const box = (element.role === 'slider' ? element.parentElement : target)?.getBoundingClientRect()
      if (!box || box.width === 0) return []
      const isSmall = box.height < least - 0.5 || box.width < least - 0.5
      return isSmall
        ? [`${Math.round(box.width)} by ${Math.round(box.height)}: ${element.outerHTML.slice(0, 160)}`]
        : []
    })
  })

/** What sticks out to the side, and what cannot be brought into sight to be used. */
const outOfReach = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []
    const scope = document.querySelector('[role=dialog]') ?? document
    const hidden = [
      ...scope.querySelectorAll<HTMLElement>('button:enabled, a[href], input:enabled, select:enabled'),
    ]
      .filter(
        (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only'),
      )
      .filter((element) => {
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        const { x, y, width, height } = element.getBoundingClientRect()
        if (width === 0) return false
        const hit = document.elementFromPoint(x + width / 2, y + height / 2)
        return (
          !hit || !(element.contains(hit) || hit.contains(element) || element.closest('label')?.contains(hit))
        )
      })
      .map((element) => `out of reach: ${element.outerHTML.slice(0, 160)}`)
    return [...wide, ...hidden]
  })

async function faultsOfAll(page: Page, find: (page: Page) => Promise<string[]>): Promise<string[]> {
  const faults: string[] = []
  for (const { name, open } of everyLook) {
    await open(page)
    faults.push(...(await find(page)).map((fault) => `${name}: ${fault}`))
  }
  return faults
}

describe('every screen and dialog', { timeout: LIMIT_MS }, () => {
  for (const look of [
    { colorScheme: 'light', locale: 'en-US' },
    { colorScheme: 'dark', locale: 'zh-CN' },
  ] as const) {
    inChromium(
      `is free of axe violations, with targets that a finger hits: ${look.colorScheme}, ${look.locale}`,
      async ({ chromium }) => {
        const page = await openFirstRun(chromium, { viewport: { width: 1280, height: 800 }, ...look })
        const find = async () => [...(await violations(page)), ...(await smallTargets(page))]
        expect(await faultsOfAll(page, find)).toEqual([])
      },
    )
  }

  inChromium('can be used at 200%, where a window has room for 640 by 400', async ({ chromium }) => {
    const page = await openFirstRun(chromium, { viewport: { width: 640, height: 400 }, locale: 'en-US' })
    expect(await faultsOfAll(page, outOfReach)).toEqual([])
  })

  inChromium('tells what is chosen and where the focus is in forced colours', async ({ chromium }) => {
    const page = await openFirstRun(chromium, { forcedColors: 'active', locale: 'en-US' })
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByTestId('data-folder').waitFor()
    /** All that forced colours leave to tell one thing from another. */
    const lines = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { outlineStyle, outlineColor, borderStyle, borderColor } = getComputedStyle(element)
          return outlineStyle === 'none' ? `${borderStyle} ${borderColor}` : `${outlineStyle} ${outlineColor}`
        })
    expect(await lines('a[aria-current=page]')).not.toBe(await lines('a[href]:not([aria-current])'))
    expect(await lines('[role=radio][aria-checked=true]')).not.toBe(
      await lines('[role=radio][aria-checked=false]'),
    )
    await page.getByRole('switch', { name: 'Accept after a pause' }).click()
    const thumb = page.getByRole('switch', { name: 'Accept after a pause' }).locator('span')
    expect(await thumb.evaluate((element) => getComputedStyle(element).forcedColorAdjust)).toBe('none')
    expect(await violations(page)).toEqual([])
  })
})
