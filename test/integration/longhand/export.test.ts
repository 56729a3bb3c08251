import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { modelExportSchema } from '../../../src/shared/model/modelExport'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/** The first test images as files, since an epoch through all of them would take its time. */
async function writeSamples(folder: string, count: number): Promise<string> {
  const samples = await mnistTestSamples(count)
  const images = Buffer.concat(samples.map(({ pixels }) => pixels))
  await writeFile(join(folder, 'images'), idxBytes([count, 28, 28], images))
  const labels = samples.map(({ label }) => Number(label))
  await writeFile(join(folder, 'labels'), idxBytes([count], Uint8Array.from(labels)))
  return 'idx:images,labels'
}

it('the digits model goes out, comes back, reads the same and can be trained on', async () => {
  const folder = await temporaryFolder()
  const data = await writeSamples(folder, 600)
  const run = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runBuiltLonghand(args, folder)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return stdout
  }
  const exported = await run('export', '--model', 'digits', '--out', 'digits.onnx', '--data', data, '--json')
  const entry = modelExportSchema.parse(JSON.parse(exported))
  expect(entry.measured?.accuracy).toBeGreaterThan(0.98)
  expect(entry.parity.largestDifference).toBeLessThan(1e-4)
  const report: unknown = JSON.parse(await readFile(join(folder, 'digits.onnx.json'), 'utf8'))
  expect(report).toMatchObject({ model: 'digits', parity: entry.parity })

  await run('import', 'digits.onnx', '--out', 'back')
  const evaluate = async (model: string): Promise<unknown> => {
    const { accuracy, confusion } = JSON.parse(
      await run('eval', '--model', model, '--data', data, '--json'),
    ) as {
      accuracy: number
      confusion: unknown
    }
    return { accuracy, confusion }
  }
  expect(await evaluate('./back')).toEqual(await evaluate('digits'))

  const card = modelCardSchema.parse(JSON.parse(await readFile(join(folder, 'back', 'card.json'), 'utf8')))
  await writeFile(join(folder, 'spec.json'), JSON.stringify(card.spec))
  const trained = await run(
    ...['train', '--spec', 'spec.json', '--from', './back', '--data', data, '--validation', '0.3'],
    ...['--epochs', '1', '--lr', '0.0001', '--out', 'further', '--json'],
  )
  const events = trained
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainingEvent)
  const first = events.find((event) => event.event === 'step')
  // Random weights would start at the logarithm of the number of classes, and guess.
  expect(first?.loss).toBeLessThan(0.5)
  const done = events.at(-1)
  expect(done?.event === 'done' && done.metrics?.accuracy).toBeGreaterThan(0.95)

  // The trained model is a user's own: its card tells of its exports.
  await run('export', '--model', './further', '--out', 'small.onnx', '--precision', 'int8')
  const further = modelCardSchema.parse(
    JSON.parse(await readFile(join(folder, 'further', 'card.json'), 'utf8')),
  )
  expect(further.exports).toMatchObject([{ file: 'small.onnx', precision: 'int8' }])
  expect(further.parent).toBe('back')
  const again = await runBuiltLonghand(['export', '--model', 'digits', '--out', 'digits.onnx'], folder)
  expect(again).toMatchObject({ exitCode: 1, stdout: '' })
  const refused = await runBuiltLonghand(['import', 'small.onnx', '--out', 'never'], folder)
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toMatch(/^longhand: .*rounded to int8.*\n$/)
})
