import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Client } from '../../../src/shared/contract/client'
import { toAppError } from '../../../src/shared/contract/clientError'
import { customJsonSerializers } from '../../../src/shared/contract/serializers'
import { openBrowserShell, tokenOf, type TestShell } from '../../fixtures/shells/openBrowserShell'
import { handshake, rawRequest } from '../../fixtures/shells/rawRequest'

const createSecret = (): string => randomBytes(32).toString('base64url')

function claim(session: string | null, token: string | null): string[] {
  return [
    'longhand.v1',
    ...(session === null ? [] : [`longhand.session.${session}`]),
    ...(token === null ? [] : [`longhand.token.${token}`]),
  ]
}

/** Connects as a page of ours would; the status tells how it was answered. */
async function open(
  { port }: TestShell,
  protocols: string[],
): Promise<{ status: number; socket: WebSocket }> {
  const origin = `http://127.0.0.1:${port}`
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, protocols, { origin })
  socket.on('error', () => undefined)
  onTestFinished(() => socket.terminate())
  const status = await new Promise<number>((resolve) => {
    socket.on('open', () => resolve(101))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
  })
  return { status, socket }
}

function clientOf(socket: WebSocket): Client {
  // ws follows the browser's WebSocket in all that the link uses of it, but its event types are classes of its own.
  const standIn: object = socket
  return createORPCClient(new RPCLink({ websocket: standIn as globalThis.WebSocket, customJsonSerializers }))
}

describe('a WebSocket of the browser shell', () => {
  it('is opened by the token and then answers calls', async () => {
    const shell = await openBrowserShell()
    const { status, socket } = await open(shell, claim(createSecret(), shell.token))
    expect(status).toBe(101)
    expect(socket.protocol).toBe('longhand.v1')
    const client = clientOf(socket)
    expect(await client.settings.get()).toMatchObject({ theme: 'system' })
    expect(await client.settings.update({ theme: 'dark' })).toMatchObject({ theme: 'dark' })
  })

  it('is opened again by the session that the token was spent on, and not by another one', async () => {
    const shell = await openBrowserShell()
    const session = createSecret()
    expect((await open(shell, claim(session, shell.token))).status).toBe(101)
    expect((await open(shell, claim(session, null))).status).toBe(101)
    expect((await open(shell, claim(session, shell.token))).status).toBe(101)
    expect((await open(shell, claim(createSecret(), shell.token))).status).toBe(401)
    expect(shell.warnings().join()).toContain('the token is wrong, or was used before')
  })

  it('is opened by the token of a later link', async () => {
    const shell = await openBrowserShell()
    const later = tokenOf(shell.shell.newUrl())
    expect((await open(shell, claim(createSecret(), later))).status).toBe(101)
    expect((await open(shell, claim(createSecret(), shell.token))).status).toBe(101)
  })

  it.each([
    ['nothing at all', () => []],
    ['no token', () => claim(createSecret(), null)],
    ['a wrong token', () => claim(createSecret(), createSecret())],
    ['an empty token', () => claim(createSecret(), '')],
    ['a token but no session', (token: string) => claim(null, token)],
    ['a token and a session that is no secret', (token: string) => claim('1234', token)],
    ['a token without our protocol', (token: string) => claim(createSecret(), token).slice(1)],
    ['half a token', (token: string) => claim(createSecret(), token.slice(0, 20))],
  ])('is refused with 401 where it shows %s, and the log says why', async (_what, protocols) => {
    const shell = await openBrowserShell()
    expect((await open(shell, protocols(shell.token))).status).toBe(401)
    expect(shell.warnings()).toHaveLength(1)
    expect(shell.warnings().join()).toMatch(/refused a WebSocket.*token/)
    expect((await open(shell, claim(createSecret(), shell.token))).status).toBe(101)
  })

  it.each([
    ['no Origin', { Origin: null }],
    ['foreign Origin', { Origin: 'http://evil.example' }],
    ['foreign Origin', { Origin: 'null' }],
    ['foreign Origin', { Origin: 'http://127.0.0.1:1' }],
    ['foreign Origin', { Origin: 'http://localhost:{port}' }],
    ['foreign Origin', { Origin: 'https://127.0.0.1:{port}' }],
    ['foreign Host', { Host: 'evil.example:{port}', Origin: 'http://evil.example:{port}' }],
    ['no Host', { Host: null }],
  ])('is refused with 403 for %s (%o), although its token is right', async (why, headers) => {
    const shell = await openBrowserShell()
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value?.replace('{port}', String(shell.port)) ?? null,
      ]),
    )
    const protocols = claim(createSecret(), shell.token).join(', ')
    const head = handshake(shell.port, { 'Sec-WebSocket-Protocol': protocols, ...filled })
    expect(await rawRequest(shell.port, head)).toMatch(/^HTTP\/1\.1 403 /)
    expect(shell.warnings().join()).toContain(why)
    // A refusal does not spend the token.
    expect((await open(shell, claim(createSecret(), shell.token))).status).toBe(101)
  })

  it('is refused at any other path, the token in the query included', async () => {
    const shell = await openBrowserShell()
    const path = `/rpc?token=${shell.token}`
    expect(await rawRequest(shell.port, handshake(shell.port, {}, path))).toMatch(/^HTTP\/1\.1 404 /)
  })

  it('never has its secrets written to the log', async () => {
    const shell = await openBrowserShell()
    const [session, wrong] = [createSecret(), createSecret()]
    await open(shell, claim(session, wrong))
    await open(shell, claim(session, shell.token))
    const log = JSON.stringify(shell.lines)
    for (const secret of [session, wrong, shell.token]) expect(log).not.toContain(secret)
  })
})

describe('a message to the browser shell', () => {
  async function connected(): Promise<{ shell: TestShell; socket: WebSocket }> {
    const shell = await openBrowserShell()
    const { socket } = await open(shell, claim(createSecret(), shell.token))
    return { shell, socket }
  }

  it('that breaks the contract is answered with bad-input, changes nothing, and the log says why', async () => {
    const { shell, socket } = await connected()
    const client = clientOf(socket)
    const before = await client.settings.get()
    const broken = { commitPauseMs: 5 }
    const error = await client.settings.update(broken).catch(toAppError)
    expect(error).toMatchObject({ code: 'bad-input' })
    expect(shell.warnings().join()).toContain('commitPauseMs')
    expect(await client.settings.get()).toEqual(before)
  })

  it('for a method that is not there is refused, and the log says so', async () => {
    const { shell, socket } = await connected()
    socket.send(JSON.stringify({ i: '1', p: { u: '/constructor/prototype' } }))
    const [answer] = (await once(socket, 'message')) as [Buffer]
    expect(JSON.parse(answer.toString())).toMatchObject({ i: '1', p: { s: 404 } })
    expect(shell.warnings().join()).toContain('there is no such method')
  })

  it('whose input cannot be decoded is refused, and the log says so', async () => {
    const { shell, socket } = await connected()
    const body = { json: { ink: 1 }, meta: [[21, 'ink']] }
    socket.send(JSON.stringify({ i: '1', p: { u: '/recognition/ink', b: body } }))
    const [answer] = (await once(socket, 'message')) as [Buffer]
    expect(JSON.parse(answer.toString())).toMatchObject({ i: '1', p: { s: 400 } })
    expect(shell.warnings().join()).toContain('cannot be decoded')
  })

  it.each([
    ['is not JSON', 'hello', 'it is not JSON'],
    ['is no object', '[1, 2]', 'it is no call of ours'],
    ['has no id', '{"p":{"u":"/settings/get"}}', 'it is no call of ours'],
    ['calls another address', '{"i":"1","p":{"u":"http://evil.example/"}}', 'it is no call of ours'],
    [
      'uploads a form',
      '{"i":"1","p":{"u":"/settings/get","h":{"content-type":"multipart/form-data"}}}',
      'it is no call of ours',
    ],
    ['is binary', Buffer.from([255, 0, 1]), 'it is not text'],
  ])('that %s ends the connection, and the log says why', async (_what, message, why) => {
    const { shell, socket } = await connected()
    socket.send(message)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1008)
    expect(shell.warnings().join()).toContain(why)
  })
})

describe('guessing', () => {
  it('does not get in by hundreds of secrets, each of the right form, and the real link still works after it', async () => {
    const { port, token } = await openBrowserShell()
    for (let attempt = 0; attempt < 300; attempt++) {
      const claim = `longhand.v1, longhand.session.${createSecret()}, longhand.token.${createSecret()}`
      const answer = await rawRequest(port, handshake(port, { 'Sec-WebSocket-Protocol': claim }))
      expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    }
    const claim = [`longhand.v1`, `longhand.session.${createSecret()}`, `longhand.token.${token}`]
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, claim, { origin: `http://127.0.0.1:${port}` })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.terminate()
  })
})
