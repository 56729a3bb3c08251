import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

it('data in every format of pictures gives the same evaluation as what it was made of', async () => {
  const folder = await temporaryFolder()
  const samples = await mnistTestSamples(200)
  await writeFile(
    join(folder, 'images'),
    idxBytes([200, 28, 28], Buffer.concat(samples.map(({ pixels }) => pixels))),
  )
  await writeFile(
    join(folder, 'labels'),
    idxBytes(
      [200],
      Uint8Array.from(samples, ({ label }) => Number(label)),
    ),
  )
  const run = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { exitCode, stdout, stderr } = await runBuiltLonghand([...args, '--json'], folder)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return JSON.parse(stdout) as Record<string, unknown>
  }
  const evaluate = async (data: string): Promise<unknown> =>
    (await run('eval', '--model', 'digits', '--data', data)).confusion
  const expected = await evaluate('idx:images,labels')
  for (const to of [['x.zip'], ['x.parquet'], ['x', '--format', 'idx']]) {
    const { data, samples: count } = await run('convert', '--data', 'idx:images,labels', '--to', ...to)
    expect(count).toBe(200)
    expect(await evaluate(String(data))).toEqual(expected)
  }

  const before = await readdir(folder)
  const refused = await runBuiltLonghand(['convert', '--data', 'idx:images,labels', '--to', 'x.zip'], folder)
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toMatch(/x\.zip already exists.*--force/)
  expect(await readdir(folder)).toEqual(before)
})
