import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Ink } from '../../../shared/ink/ink'

/** A Chromium without a window. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** @returns once the Write screen stands and can be written on */
export async function openWriteScreen(browser: Browser, url: URL): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  await page.goto(url.href)
  await page.getByTestId('pad').waitFor()
  return page
}

/** Writes ink on the pad with the pointer, as fast as its times say, and waits until it is read. */
export async function writeOnPad(page: Page, ink: Ink): Promise<void> {
  const pad = await page.getByTestId('pad').boundingBox()
  if (!pad) throw new Error('the pad is not there')
  const side = 0.6 * Math.min(pad.width, pad.height)
  const points = ink.flat()
  const [left, top] = [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))]
  const size = Math.max(...points.map(([x, y]) => Math.max(x - left, y - top)))
  const scale = side / Math.max(1e-6, size)
  for (const stroke of ink) {
    const begun = performance.now()
    for (const [index, [x, y, timeMs = 0]] of stroke.entries()) {
      const waitMs = timeMs - (stroke[0]?.[2] ?? 0) - (performance.now() - begun)
      if (waitMs > 1) await delay(waitMs)
      await page.mouse.move(
        pad.x + (pad.width - side) / 2 + (x - left) * scale,
        pad.y + (pad.height - side) / 2 + (y - top) * scale,
      )
      if (index === 0) await page.mouse.down()
    }
    await page.mouse.up()
  }
  await page.getByTestId('verdict').waitFor()
}

/** The processes that draw pages. */
export async function pageProcesses(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}
