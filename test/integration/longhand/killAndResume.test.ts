import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { Random } from '../../../src/shared/random'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { startTraining } from '../../fixtures/cli/startLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'
import { tinySteps, writeTinyTraining } from '../../fixtures/tinyTraining'

const KILLS = 10

const lossesOf = (events: readonly TrainingEvent[]): [number, number][] =>
  events.flatMap((event) => (event.event === 'step' ? [[event.step, event.loss]] : []))

const epochsOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.event === 'epoch' ? [{ ...event, seconds: 0 }] : []))

async function modelIn(folder: string) {
  const card = modelCardSchema.parse(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')))
  return {
    weights: await readFile(join(folder, 'weights.safetensors')),
    network: await readFile(join(folder, 'model.onnx')),
    card: { ...card, created: '', command: '' },
  }
}

it('a training that is killed ten times at random steps ends with the same bytes as one that is not', async () => {
  const folder = await temporaryFolder()
  const dataFolder = join(folder, 'data')
  const args = [
    ...(await writeTinyTraining(join(folder, 'task'))),
    '--name',
    'tiny',
    '--checkpoint-every',
    '0',
  ]
  const wholeFolder = join(folder, 'whole')
  const whole = startTraining([...args, '--out', wholeFolder], dataFolder)
  expect(await whole.ended).toEqual({ exitCode: 0, stderr: '' })
  expect(lossesOf(whole.events)).toHaveLength(tinySteps)
  const expectedLoss = new Map(lossesOf(whole.events))

  const out = join(folder, 'killed')
  const random = new Random(2026)
  // At most ten short of the end: a step or two may pass before the kill arrives.
  const killSteps = Array.from({ length: KILLS }, () => 1 + random.integer(tinySteps - 10)).sort(
    (a, b) => a - b,
  )
  const resume = ['--resume', out]
  for (const [index, killStep] of killSteps.entries()) {
    const run = startTraining(index === 0 ? [...args, '--out', out] : resume, dataFolder, (event) => {
      const done = event.event === 'step' ? event.step : event.event === 'started' ? event.stepsDone : 0
      if (done >= killStep) run.killAll()
    })
    expect(await run.ended).toEqual({ exitCode: null, stderr: '' })
    for (const [step, loss] of lossesOf(run.events))
      expect([step, loss]).toEqual([step, expectedLoss.get(step)])
    expect(await readdir(join(out, 'checkpoint'))).not.toEqual([])
  }
  const last = startTraining(resume, dataFolder)
  expect(await last.ended).toEqual({ exitCode: 0, stderr: '' })

  expect(await modelIn(out)).toEqual(await modelIn(wholeFolder))
  expect(epochsOf(last.events)).toEqual(epochsOf(whole.events))
  const done = { ...whole.events.at(-1), path: out, seconds: expect.any(Number) as number }
  expect(last.events.at(-1)).toEqual(done)
  expect((await readdir(out)).sort()).toEqual(['card.json', 'model.onnx', 'replay.gz', 'weights.safetensors'])
  expect(await readdir(dataFolder)).not.toContain('training.lock')
})
