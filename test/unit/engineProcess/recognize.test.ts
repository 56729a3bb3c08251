import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readWeights, writeModel } from '../../../src/main/engine/model/modelFolder'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { recognizeHandlers } from '../../../src/main/engineProcess/handlers/recognize'
import type { Ink } from '../../../src/shared/ink/ink'
import { randomModel } from '../engine/exportFixtures'

const ink: Ink = [
  [
    [0, 0],
    [20, 60],
  ],
]

it('a model that took the place of a deleted one is the one that reads', async () => {
  const { folder, card } = await randomModel()
  const modelFolder = join(folder, 'model')
  const { recognizeInk } = recognizeHandlers()
  const read = () =>
    recognizeInk({ modelFolder, ink }, { signal: new AbortController().signal, emit: () => undefined })
  const before = await read()
  expect(await read()).toMatchObject({ model: 'tiny one', candidates: before.candidates })

  const parameters = await readWeights(modelFolder)
  await rm(modelFolder, { recursive: true })
  await expect(read()).rejects.toMatchObject({ code: 'model-broken' })

  const spec = { ...card.spec, classes: card.spec.classes.map((label) => `new ${label}`) }
  await writeModel(modelFolder, { ...card, name: 'another', spec }, describeParameters(spec), parameters)
  const after = await read()
  expect(after).toMatchObject({ model: 'another' })
  expect(after.candidates.map(({ label }) => label)).toEqual(
    before.candidates.map(({ label }) => `new ${label}`),
  )
})
