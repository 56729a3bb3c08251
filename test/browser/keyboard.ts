import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** More than any screen has stops. */
const mostStops = 150

/** Goes on with Tab until the element with this name has the focus, as somebody does who has no mouse. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let stop = 0; stop < mostStops; stop++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return ''
      const captions =
        element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])].map((label) => label.textContent)
          : []
      return (element.getAttribute('aria-label') ?? (captions.join(' ') || element.textContent))
        .replace(/\s+/g, ' ')
        .trim()
    })
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
    seen.push(focused)
    await page.keyboard.press('Tab')
  }
  expect.fail(`Tab never reached ${name}; it went by ${seen.join(' | ')}`)
}

export async function tabAndPress(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}
