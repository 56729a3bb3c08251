import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium as playwright, type Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { repositoryFolder, runBuiltLonghand } from '../fixtures/cli/builtLonghand'
import { inChromium } from './chromium'
import { serveLonghand, type ServeOptions } from './serveLonghand'

/** A page of somebody else's in the same browser, at an address and at a name that both lead to this machine. */
async function openHostilePage(
  chromiumPath: string,
  options: ServeOptions = {},
): Promise<{ page: Page; port: number; evilHost: string; dataFolder: string }> {
  const { url, dataFolder } = await serveLonghand(options)
  const port = Number(new URL(url).port)
  const evil = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Win a prize</title>')
  })
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void evil.close())
  const evilHost = `prize.example:${(evil.address() as AddressInfo).port}`
  const browser = await playwright.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP prize.example 127.0.0.1'],
  })
  onTestFinished(() => browser.close())
  // The user's own tab, whose session the attacker would like to ride on.
  const context = await browser.newContext()
  const own = await context.newPage()
  await own.goto(url)
  await own.getByTestId('pad').waitFor()
  const page = await context.newPage()
  await page.goto(`http://${evilHost}/`)
  expect(await page.title()).toBe('Win a prize')
  return { page, port, evilHost, dataFolder }
}

/** Tries to open a WebSocket from the page; true where the server lets it in. */
const opens = (page: Page, target: string, protocols: string[]): Promise<boolean> =>
  page.evaluate(
    ([url, offered]) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(url, offered)
        socket.onopen = () => resolve(true)
        socket.onerror = () => resolve(false)
      }),
    [target, protocols] as const,
  )

const secret = 'A'.repeat(43)

describe('a hostile page in the same browser', () => {
  inChromium('reads nothing of the server by fetch, script, picture or frame', async ({ chromium }) => {
    const { page, port } = await openHostilePage(chromium)
    const outcomes = await page.evaluate(async (origin) => {
      const loads = (tag: 'script' | 'img', source: string): Promise<string> =>
        new Promise((resolve) => {
          const element = document.createElement(tag)
          element.onload = () => resolve(`${tag} loaded`)
          element.onerror = () => resolve(`${tag} refused`)
          element.src = source
          document.head.append(element)
        })
      const read = await fetch(origin).then(
        () => 'fetch read',
        () => 'fetch refused',
      )
      const opaque = await fetch(origin, { mode: 'no-cors' }).then(
        () => 'no-cors read',
        () => 'no-cors refused',
      )
      const page = await (await fetch(document.location.href)).text()
      return [read, opaque, await loads('img', `${origin}icon.svg`), page.length > 0 ? 'own page' : '']
    }, `http://127.0.0.1:${port}/`)
    expect(outcomes).toEqual(['fetch refused', 'no-cors refused', 'img refused', 'own page'])
    // A frame is loaded as an error page, or not at all, and shows nothing of ours.
    await page.evaluate((origin) => {
      const frame = document.createElement('iframe')
      frame.src = origin
      document.body.append(frame)
    }, `http://127.0.0.1:${port}/`)
    await page.waitForTimeout(500)
    for (const frame of page.frames().slice(1)) expect(await frame.locator('#app').count()).toBe(0)
  })

  inChromium('opens no WebSocket, with or without a guess at the secrets', async ({ chromium }) => {
    const { page, port } = await openHostilePage(chromium)
    const targets = [
      `ws://127.0.0.1:${port}/rpc`,
      `ws://localhost:${port}/rpc`,
      `ws://prize.example:${port}/rpc`,
    ]
    for (const target of targets) {
      expect(await opens(page, target, [])).toBe(false)
      expect(await opens(page, target, ['longhand.v1'])).toBe(false)
      const claim = ['longhand.v1', `longhand.session.${secret}`, `longhand.token.${secret}`]
      expect(await opens(page, target, claim)).toBe(false)
    }
  })

  inChromium('gets nothing by a name that is made to lead here (DNS rebinding)', async ({ chromium }) => {
    const { page, port } = await openHostilePage(chromium)
    const answer = await page.goto(`http://prize.example:${port}/`)
    expect(answer?.status()).toBe(403)
    expect(await page.content()).not.toContain('id="app"')
    // Now the page's origin is the rebound name itself, so that no cross-origin rule stands in its way.
    expect(await page.evaluate(() => fetch('/').then((response) => response.status))).toBe(403)
    expect(await opens(page, `ws://prize.example:${port}/rpc`, ['longhand.v1'])).toBe(false)
  })

  inChromium('changes nothing by a form that it sends (CSRF)', async ({ chromium }) => {
    const { page, port } = await openHostilePage(chromium)
    const target = `http://127.0.0.1:${port}/rpc/settings/update`
    const answered = page.waitForResponse(target)
    await page.evaluate((action) => {
      const form = document.createElement('form')
      form.method = 'POST'
      form.action = action
      document.body.append(form)
      form.submit()
    }, target)
    expect((await answered).status()).toBe(405)
  })

  inChromium('gets nothing of the local API, even with a token that it found', async ({ chromium }) => {
    const api = 24_921
    const settings = { introduced: true, localApi: true, localApiPort: api }
    const { page, dataFolder } = await openHostilePage(chromium, { settings })
    const added = await runBuiltLonghand(['api', 'token', 'add', 'lost'], repositoryFolder, dataFolder)
    const authorization = `Bearer ${added.stdout.trim()}`
    const models = `http://127.0.0.1:${api}/v1/models`
    expect((await fetch(models, { headers: { authorization } })).status).toBe(200)
    const outcomes = await page.evaluate(
      async ([target, found]) => {
        const attempt = (init: RequestInit): Promise<string> =>
          fetch(target, init).then(
            () => 'answered',
            () => 'refused',
          )
        return [
          await attempt({ headers: { authorization: found } }),
          await attempt({}),
          await attempt({ mode: 'no-cors' }),
          await attempt({ mode: 'no-cors', method: 'POST', body: '{}' }),
        ]
      },
      [models, authorization] as const,
    )
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused'])
    const rebound = await page.goto(`http://prize.example:${api}/openapi.json`)
    expect(rebound?.status()).toBe(403)
    const visited = await page.goto(`http://127.0.0.1:${api}/openapi.json`)
    expect(visited?.status()).toBe(403)
  })
})
