import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import yauzl from 'yauzl'
import { openDataset } from '../../../src/main/data/openDataset'
import { encodeReplay, readReplay } from '../../../src/main/data/replay/replayFile'
import { setStorePlace } from '../../../src/main/data/stored/storePlace'
import { Recognizer } from '../../../src/main/engine/infer/recognizer'
import { readCard, readWeights } from '../../../src/main/engine/model/modelFolder'
import type { EngineContract } from '../../../src/main/engineProcess/contract'
import { checkRasters } from '../../../src/main/engineProcess/handlers/checkRasters'
import { shareProfile } from '../../../src/main/engineProcess/profile/shareProfile'
import { zipBytes } from '../../fixtures/data/zipBytes'
import { randomModel, runImport, tinySpec } from './exportFixtures'

type ShareInput = EngineContract['shareProfile']['input']

const share = (input: Pick<ShareInput, 'modelFolder' | 'file'> & Partial<ShareInput>) =>
  shareProfile(
    { title: '', note: '', data: null, force: false, ...input },
    { signal: new AbortController().signal, emit: () => undefined },
  )

async function members(file: string): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {}
  const zip = await yauzl.openPromise(file, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    found[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry))
  }
  return found
}

it('a shared profile becomes the same model again, with what is said of it, its replay and its samples', async () => {
  const { folder, card } = await randomModel()
  const modelFolder = join(folder, 'model')
  const { width, height } = tinySpec.input
  const part = { rasters: new Uint8Array(width * height).fill(7), labels: ['a'] }
  const replay = { training: part, check: part, width, height, data: ['ink:/home/somebody/private.jsonl'] }
  await writeFile(join(modelFolder, 'replay.gz'), await encodeReplay(replay))
  const line = (label: string, x: number) =>
    JSON.stringify({
      label,
      strokes: [
        [
          [x, 1],
          [9, 30],
        ],
      ],
    })
  const data = join(folder, 'mine.jsonl')
  await writeFile(data, `${line('a', 1)}\n${line('b', 5)}\n`)
  const file = join(folder, 'me.longhand')
  expect(
    await share({ modelFolder, file, title: 'Mine', note: 'of May', data: `ink:${data}` }),
  ).toMatchObject({
    samples: 2,
  })
  expect(JSON.stringify(Object.values(await members(file)).map(String))).not.toContain('somebody')

  setStorePlace(join(folder, 'samples.db'))
  const outFolder = join(folder, 'friend')
  expect(await runImport({ file, outFolder })).toEqual({
    ...{ name: 'tiny one', path: outFolder, parameters: card.parameters, title: 'Mine', note: 'of May' },
    samples: { dataset: 'friend', count: 2 },
  })
  expect(await readWeights(outFolder)).toEqual(await readWeights(modelFolder))
  expect(await readCard(outFolder)).toMatchObject({ parent: 'elder', calibration: card.calibration })
  expect((await readReplay(outFolder))?.training.labels).toEqual(['a'])
  const samples = await openDataset('dataset:friend', tinySpec.input)
  expect([samples.content.kind, samples.labels]).toEqual(['ink', ['a', 'b']])
  const [own, theirs] = await Promise.all(
    [modelFolder, outFolder].map((each) => Recognizer.load(each, { provider: 'cpu' })),
  )
  const rasters = checkRasters(tinySpec.input, 5)
  expect(await theirs?.logits(rasters)).toEqual(await own?.logits(rasters))
})

it('a profile that was tampered with is refused with its reason, and nothing of it stays', async () => {
  const { folder } = await randomModel()
  const file = join(folder, 'good.longhand')
  await share({ modelFolder: join(folder, 'model'), file })
  const good = await members(file)
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))
  const card = JSON.parse(String(good['card.json'])) as { spec: { layers: unknown[] } }
  const otherCard = { ...card, spec: { ...card.spec, layers: [{ type: 'dense', units: 9 }] } }
  const cases: [Buffer, RegExp][] = [
    [zipBytes({ ...good, '../escape.json': Buffer.from('{}') }), /escape|invalid/],
    [zipBytes({ ...good, 'model.onnx': Buffer.from('graph') }), /model\.onnx, which no profile has/],
    [zipBytes(good, { 'card.json': 2 ** 31 }), /card\.json takes/],
    [zipBytes(good, { 'card.json': 20 }), /.+/],
    [zipBytes(without('weights.safetensors')), /lacks weights\.safetensors/],
    [zipBytes({ ...good, 'card.json': Buffer.from('{') }), /not JSON/],
    [zipBytes({ ...good, 'card.json': Buffer.from(JSON.stringify(otherCard)) }), /spec asks for/],
    [zipBytes({ ...good, 'replay.gz': Buffer.from('no gzip') }), /.+/],
    [(await readFile(file)).subarray(0, 400), /.+/],
  ]
  for (const [bytes, reason] of cases) {
    const bad = join(folder, 'bad.longhand')
    await writeFile(bad, bytes)
    await expect(runImport({ file: bad, outFolder: join(folder, 'never') })).rejects.toMatchObject({
      code: 'model-not-importable',
      data: { file: bad, detail: expect.stringMatching(reason) as string },
    })
  }
  expect((await readdir(folder)).sort()).toEqual(['bad.longhand', 'good.longhand', 'model'])
})

it('a model’s folder whose network holds what no network of ours has is not run', async () => {
  const { folder } = await randomModel()
  const network = join(folder, 'model', 'model.onnx')
  const bytes = await readFile(network)
  // The same length, so that the file stays whole: another operator of ONNX's own.
  const at = bytes.indexOf('Reshape')
  expect(at).toBeGreaterThan(0)
  bytes.write('Squeeze', at)
  await writeFile(network, bytes)
  await expect(Recognizer.load(join(folder, 'model'), { provider: 'cpu' })).rejects.toMatchObject({
    code: 'model-broken',
    data: { detail: expect.stringContaining('operator Squeeze') as string },
  })
})
