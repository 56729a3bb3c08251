import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../../src/renderer/client/connect'
import type { Connection } from '../../../src/renderer/client/connection'
import { openBrowserShell } from '../../fixtures/shells/openBrowserShell'
import { enterPage, StandInPage } from '../../fixtures/shells/standInPage'

interface Tab {
  load(url?: string): Promise<Connection>
  page(): StandInPage
  /** What a network that fails does. */
  breakLine(): void
}

/** A tab: it keeps its storage over a reload, and opens its sockets as a browser does, with its page's Origin. */
function openTab(url: string): Tab {
  const storage = new Map<string, string>()
  const sockets: WebSocket[] = []
  let page = new StandInPage(url, storage)
  onTestFinished(() => {
    for (const socket of sockets) socket.terminate()
  })
  return {
    page: () => page,
    breakLine() {
      for (const socket of sockets.splice(0)) socket.terminate()
    },
    load(at = page.location.href) {
      page = enterPage(new StandInPage(at, storage))
      const { origin } = page.location
      class PageSocket extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { origin })
          // A browser's WebSocket fires this event too, and nobody has to listen.
          this.on('error', () => undefined)
          sockets.push(this)
        }
      }
      vi.stubGlobal('WebSocket', PageSocket)
      const { fetch } = globalThis
      vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(new URL(path, origin), init))
      return connect()
    },
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a tab of the browser shell', () => {
  it('connects by the link and takes the token out of the address', async () => {
    const { shell } = await openBrowserShell()
    const tab = openTab(shell.url)
    const connection = await tab.load()
    expect(connection.shell).toBe('browser')
    expect(await connection.client.settings.get()).toMatchObject({ theme: 'system' })
    expect(tab.page().location.href).not.toContain('token')
  })

  it('can be reloaded, while another tab cannot use the link again', async () => {
    const { shell } = await openBrowserShell()
    const tab = openTab(shell.url)
    await tab.load()
    const again = await tab.load()
    expect(await again.client.models.specs()).toContain('lenet')
    await expect(openTab(shell.url).load()).rejects.toMatchObject({ code: 'access-denied' })
    const sameTab = await tab.load(shell.url)
    expect(await sameTab.client.models.specs()).toContain('lenet')
  })

  it('is turned away without a link, and tells a server that is gone from one that refuses', async () => {
    const { shell } = await openBrowserShell()
    await expect(openTab(new URL('/', shell.url).href).load()).rejects.toMatchObject({
      code: 'access-denied',
    })
    await expect(openTab(`${new URL('/', shell.url).href}#token=wrong`).load()).rejects.toMatchObject({
      code: 'access-denied',
    })
    const tab = openTab(shell.url)
    await shell.close()
    await expect(tab.load()).rejects.toMatchObject({ code: 'connection-lost' })
    // The link is still there for another try.
    expect(tab.page().location.href).toBe(shell.url)
  })

  it('gives errors as they were thrown', async () => {
    const { shell } = await openBrowserShell()
    const { client } = await openTab(shell.url).load()
    await expect(client.models.card({ model: 'nobody' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'model-unknown',
      data: { name: 'nobody' },
    })
    const events = await client.training.watch({ job: 'none' }).catch((error: unknown) => error)
    expect(events).toMatchObject({ name: 'AppError', code: 'job-unknown' })
  })

  it('whose line breaks says so, fails its calls, and after a while works again by the same client', async () => {
    const { shell } = await openBrowserShell()
    const tab = openTab(shell.url)
    const connection = await tab.load()
    const lost = vi.fn()
    connection.onLost(lost)
    const restored = new Promise<void>((resolve) => connection.onRestored(resolve))
    tab.breakLine()
    await vi.waitFor(() => expect(lost).toHaveBeenCalled())
    expect(lost.mock.calls[0]?.[0]).toMatchObject({ code: 'connection-lost' })
    await expect(connection.client.settings.get()).rejects.toMatchObject({ code: 'connection-lost' })
    await restored
    expect(await connection.client.settings.get()).toMatchObject({ theme: 'system' })
  })

  it('whose server was replaced by another run learns that its link is spent', async () => {
    const first = await openBrowserShell()
    const connection = await openTab(first.shell.url).load()
    const denied = new Promise((resolve) => {
      connection.onLost((error) => {
        if (error.code === 'access-denied') resolve(error)
      })
    })
    await first.shell.close()
    await openBrowserShell(first.port)
    expect(await denied).toMatchObject({ code: 'access-denied' })
  })

  it('stops telling a listener that has left', async () => {
    const { shell } = await openBrowserShell()
    const tab = openTab(shell.url)
    const connection = await tab.load()
    const [left, stayed] = [vi.fn(), vi.fn()]
    connection.onLost(stayed)
    connection.onLost(left)()
    tab.breakLine()
    await vi.waitFor(() => expect(stayed).toHaveBeenCalled())
    expect(left).not.toHaveBeenCalled()
  })
})
