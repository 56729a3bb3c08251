import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { doctorReportSchema } from '../../../src/shared/contract/system'
import { openCommandLine } from '../../fixtures/cli/runLonghand'
import { rawRequest } from '../../fixtures/shells/rawRequest'

describe('longhand doctor', () => {
  it('with --json prints one report', async () => {
    const { run } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(['doctor', '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const report = doctorReportSchema.parse(JSON.parse(stdout))
    expect(report).toMatchObject({ electron: null, node: process.versions.node })
    expect(report.providers.find(({ provider }) => provider === 'cpu')?.works).toBe(true)
  })

  it('without it says the same in words', async () => {
    const { run } = await openCommandLine()
    const { stdout } = await run(['doctor'])
    expect(stdout).toMatch(/Provider cpu +works: 10 ms a training step, 6400 images\/s, 0\.50 ms a reading\n/)
    expect(stdout).toMatch(
      /Training +on cpu, the only one that works here, measured with the network compact/,
    )
    expect(stdout).toMatch(/Reading +on cpu, 0\.50 ms a character\n/)
    expect(stdout).toMatch(/Provider webgpu +does not work/)
    expect(stdout).toMatch(/Data folder +.+/)
  })
})

describe('longhand serve', () => {
  it('prints its URL and nothing else on standard output, serves, logs refusals, and ends when interrupted', async () => {
    const { run, userFolder } = await openCommandLine()
    const folder = dirname(userFolder)
    await mkdir(join(folder, 'out', 'renderer'), { recursive: true })
    await writeFile(join(folder, 'out', 'renderer', 'index.html'), '<title>Longhand</title>')
    const interrupt = new AbortController()
    const printed = new PassThrough()
    const running = run(['serve'], { interrupted: interrupt.signal, stdout: printed })
    const line = await new Promise<string>((resolve) => {
      printed.once('data', (data: Buffer) => resolve(data.toString()))
    })
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/)
    const port = Number(new URL(line.trim()).port)
    expect(await rawRequest(port, ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`])).toContain(
      '<title>Longhand</title>',
    )
    expect(await rawRequest(port, ['GET / HTTP/1.1', 'Host: evil.example'])).toMatch(/^HTTP\/1\.1 403 /)
    interrupt.abort()
    const { exitCode, stderr } = await running
    expect(exitCode).toBe(0)
    expect(stderr).toContain('warning: refused a request')
    expect(stderr).toContain('evil.example')
    const log = await readFile(join(folder, 'data', 'logs', 'longhand.log'), 'utf8')
    expect(log).toContain('evil.example')
    await expect(rawRequest(port, ['GET / HTTP/1.1'])).rejects.toThrow()
  })

  it('fails with one line where the page was not built', async () => {
    const { run } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(['serve'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^longhand: .*index\.html.*\n$/)
  })
})
