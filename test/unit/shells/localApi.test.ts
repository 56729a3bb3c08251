import { networkInterfaces } from 'node:os'
import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { followApi } from '../../../src/main/shells/api/followApi'
import { createInProcessClient } from '../../../src/main/services/inProcessClient'
import { recordingLog } from '../../fixtures/recordingLog'
import { codeOf, openApi } from '../../fixtures/shells/openApi'
import { openTestServices } from '../../fixtures/shells/openTestServices'
import { rawRequest } from '../../fixtures/shells/rawRequest'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const guess = (): string => `longhand_${'A'.repeat(43)}`

describe('the local API lets a program in', () => {
  it('with its token, and says what there is to ask without one', async () => {
    const { ask } = await openApi()
    expect((await ask('/v1/models')).status).toBe(200)
    const document = (await (await ask('/openapi.json', { headers: { authorization: '' } })).json()) as {
      openapi: string
      paths: Record<string, object>
    }
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/datasets',
      '/v1/datasets/{dataset}/samples',
      '/v1/models',
      '/v1/readings/ink',
      '/v1/readings/picture',
    ])
    // A schema that nothing fits would be one that the generator did not understand.
    expect(JSON.stringify(document)).not.toMatch(/"not":\{\}|"anyOf":\[\]/)
  })

  it('until its token is revoked', async () => {
    const { ask, services } = await openApi()
    expect((await ask('/v1/models')).status).toBe(200)
    await services.api.revoke('a program')
    expect(await codeOf(await ask('/v1/models'))).toBe('401 api-token-wrong')
  })

  it('and keeps of its token nothing that it could be made from, but when it was used', async () => {
    const { ask, services, token, log } = await openApi()
    expect(await services.api.list()).toMatchObject([{ name: 'a program', lastUsedMs: null }])
    await ask('/v1/models')
    const [program] = await services.api.list()
    expect(program?.lastUsedMs).toBeGreaterThan(0)
    expect(JSON.stringify([program, log.lines])).not.toContain(token.slice(9))
    await expect(services.api.add('a program')).rejects.toMatchObject({ code: 'api-program-exists' })
  })

  it('on the loopback address only', async () => {
    const { port } = await openApi()
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((face) => face && !face.internal && face.family === 'IPv4')
    for (const face of others) {
      await expect(
        new Promise((resolve, reject) => {
          connect(port, face?.address ?? '', () => resolve('connected')).on('error', reject)
        }),
      ).rejects.toThrow(/ECONNREFUSED/)
    }
  })
})

describe('the local API keeps out', () => {
  it('a token that is missing, wrong, cut, or sent in another way', async () => {
    const { ask, token } = await openApi()
    for (const authorization of [
      '',
      guess(),
      `Bearer ${guess()}`,
      `Bearer ${token.slice(0, -1)}`,
      `Basic ${token}`,
      token,
    ]) {
      expect(await codeOf(await ask('/v1/models', { headers: { authorization } }))).toBe(
        '401 api-token-wrong',
      )
    }
    expect(await codeOf(await ask(`/v1/models?token=${token}`, { headers: { authorization: '' } }))).toBe(
      '401 api-token-wrong',
    )
  })

  it('who guesses, after 20 guesses and one more each second, but not the program that is known', async () => {
    const { ask, clock, services } = await openApi()
    const { token: later } = await services.api.add('another program')
    expect((await ask('/v1/models')).status).toBe(200)
    const wrong = { headers: { authorization: `Bearer ${guess()}` } }
    for (let i = 0; i < 19; i++) expect((await ask('/v1/models', wrong)).status).toBe(401)
    const refused = await ask('/v1/models', wrong)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await codeOf(refused)).toBe('429 api-too-many')
    expect((await ask('/v1/models')).status).toBe(200)
    // A right guess is not told from a wrong one while there is no turn for it.
    const rightGuess = { headers: { authorization: `Bearer ${later}` } }
    expect((await ask('/v1/models', rightGuess)).status).toBe(429)
    clock.ms += 1000
    expect((await ask('/v1/models', rightGuess)).status).toBe(200)
  })

  it('a program that asks faster than 200 at once and 50 a second', async () => {
    const { ask, clock } = await openApi()
    for (let i = 0; i < 201; i++) expect((await ask('/v1/nothing')).status).toBe(404)
    expect(await codeOf(await ask('/v1/nothing'))).toBe('429 api-too-many')
    clock.ms += 20
    expect((await ask('/v1/nothing')).status).toBe(404)
  })

  it('every page of a browser, even with a token, and lets no page ask beforehand', async () => {
    const { ask, port } = await openApi()
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${port}` },
    ]) {
      const answer = await ask('/v1/models', { headers })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(await codeOf(answer)).toBe('403 api-page-refused')
    }
    const preflight = await rawRequest(port, [
      'OPTIONS /v1/models HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
    ])
    expect(preflight).toMatch(/^HTTP\/1\.1 403 /)
    expect(preflight).not.toMatch(/access-control/i)
  })

  it('what a page may send unasked: a form, an image, a link, a fetch without CORS', async () => {
    const { port, token } = await openApi()
    for (const [path, head] of [
      ['POST /v1/datasets/1/samples', ['Origin: https://evil.example', 'Content-Type: text/plain']],
      ['GET /v1/models', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors']],
      ['GET /openapi.json', ['Sec-Fetch-Site: same-site']],
      ['GET /openapi.json', ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate']],
    ] as const) {
      const answer = await rawRequest(port, [
        `${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Authorization: Bearer ${token}`,
        ...head,
      ])
      expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    }
  })

  it('another name for this machine, and a request without any', async () => {
    const { port, token } = await openApi()
    for (const host of [
      ['Host: evil.example'],
      [`Host: evil.example:${port}`],
      [`Host: 127.0.0.1:${port + 1}`],
      [],
    ]) {
      const answer = await rawRequest(port, [
        'GET /v1/models HTTP/1.1',
        ...host,
        `Authorization: Bearer ${token}`,
      ])
      expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    }
  })

  it('a WebSocket, and what is not HTTP', async () => {
    const { port } = await openApi()
    const upgrade = await rawRequest(port, [
      'GET /v1/models HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
    ])
    expect(upgrade).toMatch(/^HTTP\/1\.1 404 /)
    expect(await rawRequest(port, ['this is not HTTP'])).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('the local API refuses a body', () => {
  it('that is malformed, of another shape, or nested beyond reason', async () => {
    const { ask } = await openApi()
    for (const body of [
      '{',
      '[]',
      '{"ink":[]}',
      '{"ink":[[["a",1]]]}',
      `{"ink":${'['.repeat(50_000)}`,
      '{"__proto__":{}}',
    ]) {
      expect(await codeOf(await ask('/v1/readings/ink', { method: 'POST', body }))).toBe('400 bad-input')
    }
    expect(await codeOf(await ask('/v1/readings/ink?model=../digits', { method: 'POST', body: '{}' }))).toBe(
      '400 bad-input',
    )
  })

  it('that names a model by a path', async () => {
    const { ask } = await openApi()
    const ink = [[[0, 0], [1, 1]]] // prettier-ignore
    for (const [model, code] of [
      ['../digits', '400 bad-input'],
      ['/etc', '400 bad-input'],
      ['src', '404 model-unknown'],
    ]) {
      const body = JSON.stringify({ ink, model })
      expect(await codeOf(await ask('/v1/readings/ink', { method: 'POST', body }))).toBe(code)
    }
  })

  it('of another kind than JSON or a picture', async () => {
    const { ask } = await openApi()
    for (const kind of [
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'text/event-stream',
    ]) {
      const headers = { 'content-type': kind }
      expect(await codeOf(await ask('/v1/readings/ink', { method: 'POST', body: '{}', headers }))).toBe(
        '415 api-body-kind',
      )
    }
  })

  it('of more than 16 MiB, whether it says so or not', async () => {
    const { ask } = await openApi()
    const headers = { 'content-type': 'image/png' }
    const bytes = new Uint8Array(16 * 1024 * 1024 + 1)
    expect(await codeOf(await ask('/v1/readings/picture', { method: 'POST', body: bytes, headers }))).toBe(
      '413 api-body-too-large',
    )
    const stream = new Blob([bytes]).stream()
    const init = { method: 'POST', body: stream, headers, duplex: 'half' }
    expect(await codeOf(await ask('/v1/readings/picture', init))).toBe('413 api-body-too-large')
  })
})

describe('the local API follows the settings', () => {
  it('on and off and to another port, and says where a port is taken', async () => {
    const log = recordingLog()
    const services = await openTestServices(log)
    const client = createInProcessClient(services.router)
    const { port: taken, ask } = await openApi()
    const end = await followApi({ services, longhandVersion: '0.0.0-test', log })
    expect(await client.api.state()).toEqual({ url: null, fault: null })
    await client.settings.update({ localApi: true, localApiPort: taken })
    expect(await client.api.state()).toEqual({ url: null, fault: 'port-taken' })
    expect((await ask('/openapi.json')).status).toBe(200)
    const free = await freePort()
    await client.settings.update({ localApiPort: free })
    const { url } = await client.api.state()
    expect(url).toBe(`http://127.0.0.1:${free}`)
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200)
    await client.settings.update({ localApi: false })
    expect(await client.api.state()).toEqual({ url: null, fault: null })
    await expect(fetch(`${url}/openapi.json`)).rejects.toThrow()
    await end()
  })

  it('that another process writes', async () => {
    const log = recordingLog()
    const folder = await temporaryFolder()
    const services = await openTestServices(log, folder)
    const client = createInProcessClient(services.router)
    const end = await followApi({ services, longhandVersion: '0.0.0-test', log })
    const port = await freePort()
    const other = createInProcessClient((await openTestServices(log, folder)).router)
    await other.settings.update({ localApi: true, localApiPort: port })
    await expect.poll(() => client.api.state()).toEqual({ url: `http://127.0.0.1:${port}`, fault: null })
    await end()
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
