import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { serveBrowser } from '../../../src/main/shells/browser/serveBrowser'
import { recordingLog } from '../../fixtures/recordingLog'
import { openBrowserShell } from '../../fixtures/shells/openBrowserShell'
import { openTestServices } from '../../fixtures/shells/openTestServices'
import { handshake, rawRequest } from '../../fixtures/shells/rawRequest'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const REQUIRED_HEADERS = [
  'x-content-type-options: nosniff',
  'referrer-policy: no-referrer',
  'cross-origin-opener-policy: same-origin',
  'cross-origin-resource-policy: same-origin',
  'permissions-policy: camera=()',
  "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
]

describe('the browser shell serves its page', () => {
  it('under 127.0.0.1 and localhost, with a token of 32 bytes in the fragment', async () => {
    const { shell, port, token } = await openBrowserShell()
    expect(shell.url).toBe(`http://127.0.0.1:${port}/#token=${token}`)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    for (const host of ['127.0.0.1', 'localhost']) {
      const answer = await rawRequest(port, ['GET / HTTP/1.1', `Host: ${host}:${port}`])
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
      expect(answer).toContain('<title>Longhand</title>')
    }
    const script = await rawRequest(port, ['GET /assets/page.js HTTP/1.1', `Host: 127.0.0.1:${port}`])
    expect(script).toMatch(/content-type: text\/javascript/i)
  })

  it('and answers a HEAD without a body', async () => {
    const { port } = await openBrowserShell()
    const answer = await rawRequest(port, ['HEAD / HTTP/1.1', `Host: 127.0.0.1:${port}`])
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.endsWith('\r\n\r\n')).toBe(true)
  })

  it('with the security headers on every answer, refusals included', async () => {
    const { port } = await openBrowserShell()
    const host = `Host: 127.0.0.1:${port}`
    const answers = await Promise.all([
      rawRequest(port, ['GET / HTTP/1.1', host]),
      rawRequest(port, ['GET /assets/page.js HTTP/1.1', host]),
      rawRequest(port, ['GET /nothing HTTP/1.1', host]),
      rawRequest(port, ['POST / HTTP/1.1', host]),
      rawRequest(port, ['GET / HTTP/1.1', 'Host: evil.example']),
      rawRequest(port, ['this is not HTTP']),
      rawRequest(port, handshake(port, {})),
    ])
    expect(answers.map((answer) => Number(answer.slice(9, 12)))).toEqual([200, 200, 404, 405, 403, 400, 401])
    for (const answer of answers) {
      for (const header of REQUIRED_HEADERS) expect(answer.toLowerCase()).toContain(header)
    }
    const [page] = answers
    expect(page).not.toContain('unsafe')
    expect(page).toContain(`connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port};`)
    expect(page).toMatch(/frame-ancestors 'none'; base-uri 'none'; form-action 'none'/)
  })
})

describe('the browser shell refuses', () => {
  it.each([
    'evil.example',
    'evil.example:{port}',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:{port}',
  ])('a request for the host %s, and the log says why', async (pattern) => {
    const { port, warnings } = await openBrowserShell()
    const host = pattern.replace('{port}', String(port))
    const answer = await rawRequest(port, ['GET / HTTP/1.1', `Host: ${host}`])
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).not.toContain('<title>')
    expect(warnings().join()).toContain('foreign Host')
  })

  it('a request without a host', async () => {
    const { port, warnings } = await openBrowserShell()
    expect(await rawRequest(port, ['GET / HTTP/1.1'])).toMatch(/^HTTP\/1\.1 403 /)
    expect(warnings().join()).toContain('no Host')
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s', async (method) => {
    const { port, warnings } = await openBrowserShell()
    const answer = await rawRequest(port, [`${method} / HTTP/1.1`, `Host: 127.0.0.1:${port}`])
    expect(answer).toMatch(/^HTTP\/1\.1 405 /)
    expect(answer.toLowerCase()).toContain('allow: get, head')
    expect(warnings().join()).toContain('only GET and HEAD')
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/..%5csecret.txt',
    '//secret.txt',
    '/%00',
    '/%',
    'http://evil.example/secret.txt',
  ])('the path %s', async (path) => {
    const { port } = await openBrowserShell()
    const answer = await rawRequest(port, [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`])
    expect(answer).toMatch(/^HTTP\/1\.1 40[034] /)
    expect(answer).not.toContain('a secret')
  })

  it('connections from outside of this machine', async () => {
    const { port } = await openBrowserShell()
    const outer = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)
    if (!outer) return
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, outer.address, () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect(connected).toBe(false)
  })
})

describe('the browser shell does not start', () => {
  it('on a port that is taken, and says so', async () => {
    const { port } = await openBrowserShell()
    await expect(openBrowserShell(port)).rejects.toMatchObject({ code: 'port-taken', data: { port } })
  })

  it('without the page', async () => {
    const rendererFolder = await temporaryFolder()
    const services = await openTestServices()
    await expect(
      serveBrowser({ services, rendererFolder, port: 0, log: recordingLog() }),
    ).rejects.toMatchObject({
      code: 'file-missing',
    })
  })
})
