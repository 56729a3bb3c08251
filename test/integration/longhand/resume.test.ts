import { execFile } from 'node:child_process'
import { copyFile, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { modelCardSchema, type ModelCard } from '../../../src/shared/model/modelCard'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { startTraining, type StartedTraining } from '../../fixtures/cli/startLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'
import { tinySteps, writeTinyTraining } from '../../fixtures/tinyTraining'

let folder: string
let dataFolder: string
let task: string[]
let out: string
beforeEach(async () => {
  folder = await temporaryFolder()
  dataFolder = join(folder, 'data')
  task = await writeTinyTraining(join(folder, 'task'))
  out = join(folder, 'my model')
})

const start = (args: readonly string[], on?: (event: TrainingEvent) => void): StartedTraining =>
  startTraining(args, dataFolder, on)

const isStep = (event: TrainingEvent, step: number): boolean => event.event === 'step' && event.step === step

/** The training, stopped by Ctrl-C after a step. */
async function interruptedAt(step: number, args: readonly string[] = []): Promise<string> {
  // No checkpoint but at the ends of epochs and at the interruption, however slow the machine is.
  const seldom = ['--checkpoint-every', '86400']
  const run = start([...task, '--out', out, ...seldom, ...args], (event) => {
    if (isStep(event, step)) run.child.kill('SIGINT')
  })
  const { exitCode, stderr } = await run.ended
  expect(exitCode).toBe(1)
  expect(run.events.at(-1)).toMatchObject({ event: 'done', reason: 'cancelled' })
  return stderr
}

async function cardIn(model: string): Promise<ModelCard> {
  return modelCardSchema.parse(JSON.parse(await readFile(join(model, 'card.json'), 'utf8')))
}

/** The training may make its folder anew at any moment: then that is moved away too. */
async function putFileInPlace(path: string): Promise<void> {
  for (let attempt = 1; attempt <= 100; attempt++) {
    try {
      await writeFile(path, 'a file', { flag: 'wx' })
      return
    } catch {
      await rename(path, join(folder, `made anew ${attempt}`)).catch(() => undefined)
    }
  }
  throw new Error('no file could be put there')
}

/** The arguments that the printed command gives to `longhand train`. */
async function typed(stderr: string): Promise<string[]> {
  const [, command] = /Go on with: longhand train (.+)$/m.exec(stderr) ?? []
  // By a real shell, which takes the quotes off.
  const { stdout } = await promisify(execFile)('sh', ['-c', `printf '%s\\n' ${command ?? ''}`])
  return stdout.trimEnd().split('\n')
}

describe('a training that was stopped by Ctrl-C', () => {
  it('is gone on with by the command that was printed, to the same weights', async (context) => {
    if (process.platform === 'win32') context.skip('no signals and no sh')
    const wholeFolder = join(folder, 'whole')
    await start([...task, '--out', wholeFolder, '--name', 'tiny']).ended
    const stderr = await interruptedAt(50, ['--name', 'tiny'])
    expect(stderr).toContain(`Stopped. The best epoch so far is kept in ${out}\nGo on with: `)
    const rest = start(await typed(stderr))
    expect(await rest.ended).toEqual({ exitCode: 0, stderr: '' })
    const [first] = rest.events
    expect(first).toMatchObject({ event: 'started' })
    expect(rest.events.filter((event) => event.event === 'step').length).toBeLessThanOrEqual(tinySteps - 50)
    const weights = (model: string) => readFile(join(model, 'weights.safetensors'))
    expect(await weights(out)).toEqual(await weights(wholeFolder))
    expect((await cardIn(out)).history).toBeUndefined()
    expect((await readdir(out)).sort()).toEqual([
      'card.json',
      'model.onnx',
      'replay.gz',
      'weights.safetensors',
    ])
    const again = await start(['--resume', out]).ended
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('No unfinished') as string })
  })

  it('can be gone on with at another rate and for other epochs, which its card tells', async (context) => {
    if (process.platform === 'win32') context.skip('no signals')
    await interruptedAt(30)
    const rest = start(['--resume', out, '--lr', '0.001', '--epochs', '3'])
    expect(await rest.ended).toEqual({ exitCode: 0, stderr: '' })
    expect(rest.events.at(-1)).toMatchObject({ event: 'done', reason: 'finished', epochs: 3 })
    const { recipe, history } = await cardIn(out)
    expect(recipe).toMatchObject({ epochs: 6, learningRate: 0.01 })
    expect(history).toEqual([{ step: expect.any(Number) as number, learningRate: 0.001, epochs: 3 }])
    const { stderr } = await start(['--resume', out, '--batch', '8']).ended
    expect(stderr).toMatch(/^longhand: --batch: .+\n$/)
  })

  it('is refused when its data has changed, and goes on once that is put back', async (context) => {
    if (process.platform === 'win32') context.skip('no signals')
    await interruptedAt(30)
    const labels = join(folder, 'task', 'labels')
    await copyFile(labels, join(folder, 'kept'))
    const bytes = await readFile(labels)
    bytes[20] = ((bytes[20] ?? 0) + 1) % 10
    await writeFile(labels, bytes)
    const refused = await start(['--resume', out]).ended
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toMatch(
      /^longhand: idx:.+ is no longer the data that the training in .+ began with/,
    )
    await copyFile(join(folder, 'kept'), labels)
    expect(await start(['--resume', out, '--epochs', '2']).ended).toEqual({ exitCode: 0, stderr: '' })
  })

  it('goes on from the checkpoint before where the newest is cut, and says so', async (context) => {
    if (process.platform === 'win32') context.skip('no signals')
    await interruptedAt(30)
    const checkpoint = join(out, 'checkpoint')
    const numbers = (await readdir(checkpoint)).map((name) => parseInt(name))
    await truncate(join(checkpoint, `${Math.max(...numbers)}.safetensors`), 100)
    const rest = start(['--resume', out, '--epochs', '2'])
    const { exitCode, stderr } = await rest.ended
    expect(exitCode).toBe(0)
    expect(stderr).toContain('is cut')
    // The one before is that of the first epoch's end.
    expect(rest.events.find((event) => event.event === 'started')).toMatchObject({ stepsDone: tinySteps / 6 })
  })
})

describe('a training', () => {
  it('that goes astray says at which step, and the command that was printed goes on with a lower rate', async (context) => {
    if (process.platform === 'win32') context.skip('no sh')
    const wild = ['--optimizer', 'sgd', '--lr', '100', '--schedule', 'constant', '--l2', '1']
    const run = start([...task, '--out', out, ...wild])
    const { exitCode, stderr } = await run.ended
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^longhand: The training went astray at step \d+, with a learning rate of up to 100: .+\n$/,
    )
    const command = await typed(stderr)
    expect(command).toEqual(['--resume', out, '--lr', '25'])
    const lower = start([...command.slice(0, -1), '0.01'])
    expect(await lower.ended).toEqual({ exitCode: 0, stderr: '' })
    expect((await cardIn(out)).history).toEqual([{ step: 0, learningRate: 0.01, epochs: 6 }])
  })

  it('is not started beside another one of the same data folder, in another process', async () => {
    const first = start([...task, '--out', out, '--epochs', '10000'])
    await expect.poll(() => first.events.length, { timeout: 60_000 }).toBeGreaterThan(0)
    const second = await start([...task, '--out', join(folder, 'second')]).ended
    expect(second.exitCode).toBe(1)
    expect(second.stderr).toContain(`(process ${first.child.pid})`)
    first.killAll()
    await first.ended
    expect((await start(['--resume', out, '--epochs', '1']).ended).exitCode).toBe(0)
  })

  it('whose folder is no longer one goes on, warns once, and says at its end that nothing can be written', async (context) => {
    if (process.platform === 'win32') context.skip('no signals')
    const moved = join(folder, 'moved')
    const run = start([...task, '--out', out, '--epochs', '10000'])
    const warnings = () => run.events.flatMap((event) => (event.event === 'warning' ? [event.about] : []))
    const epochs = () => run.events.filter((event) => event.event === 'epoch').length
    await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(0)
    await rename(out, moved)
    await putFileInPlace(out)
    await expect.poll(() => warnings().length, { timeout: 60_000 }).toBe(2)
    const epochsThen = epochs()
    await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(epochsThen + 1)
    run.child.kill('SIGINT')
    const { exitCode, stderr } = await run.ended
    expect(exitCode).toBe(1)
    expect(warnings().sort()).toEqual(['checkpoint-unwritable', 'model-unwritable'])
    expect(stderr).toContain(`longhand: ${out} cannot be written: `)
    const rest = start(['--resume', moved, '--epochs', '1'])
    expect((await rest.ended).exitCode).toBe(0)
    expect((await readdir(moved)).sort()).toEqual([
      'card.json',
      'model.onnx',
      'replay.gz',
      'weights.safetensors',
    ])
  })
})
