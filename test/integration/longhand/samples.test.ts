import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

it('data goes into a data set, is told of, evaluated, and comes out again', async () => {
  const folder = await temporaryFolder()
  const samples = await mnistTestSamples(100)
  const pixels = Buffer.concat(samples.map((sample) => sample.pixels))
  await writeFile(join(folder, 'images'), idxBytes([100, 28, 28], pixels))
  const numbers = Uint8Array.from(samples, ({ label }) => Number(label))
  await writeFile(join(folder, 'labels'), idxBytes([100], numbers))
  const data = join(folder, 'data')
  const run = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { exitCode, stdout, stderr } = await runBuiltLonghand([...args, '--json'], folder, data)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return JSON.parse(stdout) as Record<string, unknown>
  }
  const source = 'idx:images,labels'
  expect(await run('import', source, '--dataset', 'Digits', '--preview')).toMatchObject({
    ...{ samples: 100, pictures: 100, duplicates: 0, problemCount: 0, whole: true },
  })
  expect(await run('import', source, '--dataset', 'Digits', '--split', 'test')).toMatchObject({
    ...{ samples: 100, duplicates: 0, edit: { kind: 'import', count: 100 } },
  })
  // What is there already does not come in again.
  const mapped = ['--map', '1=one', '7=']
  expect(await run('import', source, '--dataset', 'Digits', ...mapped)).toMatchObject({
    ...{ samples: 0, edit: null },
  })
  const seven = samples.filter(({ label }) => label === '7').length
  const told = await run('samples', '--dataset', 'Digits', '--filter', 'label=7&split=test', '--count', '2')
  expect(told).toMatchObject({ total: seven, splits: [{ value: 'test', count: seven }] })
  expect(told.samples).toMatchObject([{ label: '7' }, { label: '7' }])
  const evaluate = async (of: string) => (await run('eval', '--model', 'digits', '--data', of)).confusion
  expect(await evaluate('dataset:Digits:test')).toEqual(await evaluate(source))
  expect(await run('export', '--dataset', 'Digits', '--filter', 'label=7', '--out', 'x.zip')).toMatchObject({
    ...{ samples: seven, labels: ['7'] },
  })
  expect(await run('import', 'images:x.zip', '--dataset', 'Digits')).toMatchObject({
    samples: 0,
    duplicates: seven,
  })

  const audit = await run('audit', '--dataset', 'Digits', '--model', 'digits', '--count', '3')
  expect(audit).toMatchObject({ model: 'digits', data: 'Digits', samples: 100, folds: { by: 'turns' } })
  expect(await run('audit', '--dataset', source, '--model', 'digits', '--count', '3')).toMatchObject({
    ...{ samples: 100, judged: audit.judged, agreement: audit.agreement },
    ...{ suspectCount: audit.suspectCount, duplicateCount: audit.duplicateCount },
  })

  const refused = async (...args: string[]) => (await runBuiltLonghand(args, folder, data)).stderr
  expect(await refused('eval', '--model', 'digits', '--data', 'dataset:nobody')).toContain('nobody')
  expect(await refused('eval', '--model', 'digits', '--data', 'dataset:Digits?lable=3')).toContain('lable')
  expect(await refused('import', source)).toContain('--dataset')
})
