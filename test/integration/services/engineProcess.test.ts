import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { EngineProcess } from '../../../src/main/engineProcess/host/engineProcess'
import { forkEngine } from '../../../src/main/engineProcess/host/forkEngine'
import { recordingLog } from '../../fixtures/recordingLog'

const programFolder = inject('scriptedEngine')

function start(folder = programFolder) {
  const log = recordingLog()
  const waitsMs: number[] = []
  const pids: (number | undefined)[] = []
  const fork = forkEngine({ programFolder: folder, log })
  const engine = new EngineProcess({
    spawn: (instance) => {
      const handle = fork(instance, folder)
      pids.push(handle.pid)
      return handle
    },
    instance: 'train',
    log,
    wait: (ms) => {
      waitsMs.push(ms)
      return Promise.resolve()
    },
  })
  onTestFinished(() => engine.stop())
  return { engine, log, waitsMs, pids }
}

const evaluation = (data: string) =>
  ({ modelFolder: '/m', data, labels: null, only: null, lexicon: null, provider: 'cpu' }) as const

describe('an engine process', () => {
  it('is started by the first request, tells its events in order, and then its result', async () => {
    const { engine, pids } = start()
    expect(pids).toEqual([])
    const seen: unknown[] = []
    const result = await engine.request('evaluate', evaluation('d'), { onEvent: (event) => seen.push(event) })
    expect(seen).toEqual([1, 2, 3].map((done) => ({ done, total: 3 })))
    expect(result).toMatchObject({ model: 'm', data: 'd', count: 2 })
    expect(pids).toHaveLength(1)
  })

  it('is started once for requests that come together, and hands over bytes as bytes', async () => {
    const { engine, pids } = start()
    const picture = new Uint8Array([137, 0, 255])
    const [a, b] = await Promise.all([
      engine.request('recognizePicture', { modelFolder: '/m', picture, file: 'a.png' }),
      engine.request('recognizeInk', { modelFolder: '/m', ink: [[[0, 0]], [[1, 1]]] }),
    ])
    expect(a.candidates).toEqual([{ label: '137,0,255', probability: 1 }])
    expect(Array.from(a.raster.pixels)).toEqual([0, 1, 128, 255])
    expect(b.candidates).toEqual([{ label: '2 strokes', probability: 1 }])
    expect(pids).toHaveLength(1)
  })

  it('passes on the error that its handler threw, and lives on', async () => {
    const { engine, pids } = start()
    const picture = { modelFolder: '/m', picture: new Uint8Array([1]), file: 'a.txt' }
    await expect(engine.request('recognizePicture', picture)).rejects.toMatchObject({
      code: 'not-a-picture',
      data: { file: 'a.txt' },
    })
    await expect(engine.request('evaluate', evaluation('fault'))).rejects.toMatchObject({
      code: 'internal',
      data: { detail: 'a fault of its own' },
    })
    expect(pids).toHaveLength(1)
  })

  it('that crashes rejects what was in flight with its last words, and the next request starts another', async () => {
    const { engine, pids, log } = start()
    await expect(engine.request('evaluate', evaluation('crash'))).rejects.toMatchObject({
      code: 'engine-crashed',
      data: { detail: 'exit code 7: Segmentation fault, says the script' },
    })
    await expect(engine.request('evaluate', evaluation('d'))).resolves.toMatchObject({ data: 'd' })
    expect(new Set(pids).size).toBe(2)
    expect(log.lines.map((line) => line.message)).toContain('engine process crashed')
  })

  it('that keeps crashing is started ever later, until it has answered once', async () => {
    const { engine, waitsMs } = start()
    for (let crash = 0; crash < 8; crash++) {
      await expect(engine.request('evaluate', evaluation('crash'))).rejects.toMatchObject({
        code: 'engine-crashed',
      })
    }
    expect(waitsMs).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000])
    await engine.request('evaluate', evaluation('d'))
    await expect(engine.request('evaluate', evaluation('crash'))).rejects.toMatchObject({
      code: 'engine-crashed',
    })
    await engine.request('evaluate', evaluation('d'))
    expect(waitsMs.slice(7)).toEqual([10_000, 250])
  })

  it('whose program is missing says so', async () => {
    const { engine } = start(join(programFolder, 'nowhere'))
    await expect(engine.request('versions', {})).rejects.toMatchObject({ code: 'engine-crashed' })
  })

  it('ends a cancelled request between two steps, and lives on', async () => {
    const { engine, pids } = start()
    const controller = new AbortController()
    const request = engine.request('evaluate', evaluation('until-cancelled'), {
      signal: controller.signal,
      onEvent: ({ done }) => done === 3 && controller.abort(),
    })
    await expect(request).rejects.toMatchObject({ code: 'cancelled' })
    await engine.request('evaluate', evaluation('d'))
    expect(pids).toHaveLength(1)
  })

  it('that does not heed a cancel is killed, which counts as no crash', async () => {
    const { engine, pids, waitsMs } = start()
    const controller = new AbortController()
    const request = engine.request('evaluate', evaluation('hang'), {
      signal: controller.signal,
      graceMs: 50,
      onEvent: ({ done }) => done === 3 && controller.abort(),
    })
    await expect(request).rejects.toMatchObject({ code: 'cancelled' })
    await engine.request('evaluate', evaluation('d'))
    expect(pids).toHaveLength(2)
    expect(waitsMs).toEqual([])
  })

  it('that was never started does not start for a request that is cancelled already', async () => {
    const { engine } = start()
    const signal = AbortSignal.abort()
    await expect(engine.request('versions', {}, { signal })).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('ends what runs when it is stopped, also where it hangs, and starts no more', async () => {
    const { engine } = start()
    let begun: () => void
    const running = new Promise<void>((resolve) => (begun = resolve))
    const request = engine.request('evaluate', evaluation('hang'), { onEvent: () => begun() })
    const outcome = expect(request).rejects.toMatchObject({ code: 'cancelled' })
    await running
    await engine.stop(50)
    await outcome
    await expect(engine.request('versions', {})).rejects.toMatchObject({ code: 'cancelled' })
  })

  it.runIf(process.platform === 'linux')(
    'gets to see where things are, but no secrets of the environment',
    async () => {
      process.env.SOME_TOKEN = 'secret'
      onTestFinished(() => {
        delete process.env.SOME_TOKEN
      })
      const { engine, pids } = start()
      await engine.request('versions', {})
      const environment = await readFile(`/proc/${pids[0]}/environ`, 'utf8')
      expect(environment).toContain('PATH=')
      expect(environment).not.toContain('SOME_TOKEN')
    },
  )

  it('does not outlive the process that started it', async () => {
    const script = `
      import { fork } from 'node:child_process'
      // Standard output is handed on, so it stays open for as long as the engine lives.
      const stdio = ['ignore', 'inherit', 'inherit', 'ipc']
      const child = fork(process.argv[1], ['recognize'], { serialization: 'advanced', execArgv: [], stdio })
      child.once('message', (frame) => console.log(frame.kind))
      const input = { modelFolder: '/m', data: 'until-cancelled', labels: null, only: null, lexicon: null, provider: 'cpu' }
      child.send({ kind: 'request', id: 1, method: 'evaluate', input })
    `
    const parent = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, join(programFolder, 'engine.js')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    expect(line.toString().trim()).toBe('event')
    parent.kill('SIGKILL')
    // Comes when nobody holds the standard output any more: neither the parent nor its engine.
    await once(parent, 'close')
  })
})
