import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { serveLonghand, type ServeOptions } from './serveLonghand'

export interface OpenLonghand {
  page: Page
  /** Everything that the page complained of: script errors, and what the console calls an error. */
  complaints: string[]
  dataFolder: string
  /** Kills the server, and opens what serves the same folder after it. */
  killAndOpenAgain(): Promise<void>
}

/** Generous, because it only ends a wait for what never comes: how fast a page is, no test says. */
const WAIT_MS = 120_000

/** The real app in a real browser: `longhand serve` with a data folder of its own, opened by the URL that it prints. */
export async function openLonghand(
  chromiumPath: string,
  { serve, ...options }: BrowserContextOptions & { serve?: ServeOptions } = {},
): Promise<OpenLonghand> {
  const served = await serveLonghand(serve)
  const browser = await launch(chromiumPath)
  onTestFinished(() => browser.close())
  // axe wants a context that it can open pages of its own in.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    ...options,
  })
  context.setDefaultTimeout(WAIT_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  // What the page's policy stops is not always an error of the console.
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // Outside of the listener, so that it counts as an error of the page.
      queueMicrotask(() => {
        throw new Error(`policy violation: ${violatedDirective} ${blockedURI}`)
      })
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await open(page, served.url)
  const killAndOpenAgain = async () => {
    // Without a page that would complain, and rightly, of a server that is gone.
    await page.goto('about:blank')
    await served.kill()
    await open(page, (await served.serveAgain()).url)
  }
  return { page, complaints, dataFolder: served.dataFolder, killAndOpenAgain }
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url)
  // The number of corrections and the model's keys come last: with them, everything has been loaded.
  await page.getByTestId('kept').getByText(/\d/).waitFor()
  await page.getByRole('button', { name: /^(It was|应为) 0$/ }).waitFor()
}

function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // As root there is no sandbox to be had; the rest keeps a test from calling home.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
}
