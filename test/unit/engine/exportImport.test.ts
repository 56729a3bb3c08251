import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import onnxProto, { type onnx } from 'onnx-proto'
import { describe, expect, it } from 'vitest'
import { compileEvaluation } from '../../../src/main/engine/compile/evaluationGraph'
import { stateKey } from '../../../src/main/engine/compile/stateKey'
import { Recognizer } from '../../../src/main/engine/infer/recognizer'
import { readCard, readWeights } from '../../../src/main/engine/model/modelFolder'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { Session } from '../../../src/main/engine/runtime/session'
import { checkRasters } from '../../../src/main/engineProcess/handlers/checkRasters'
import { AppError } from '../../../src/shared/errors/appError'
import { digitsFolder, randomModel, runExport, runImport, tinySpec } from './exportFixtures'

const { ModelProto } = onnxProto.onnx
const { DataType } = onnxProto.onnx.TensorProto

async function logitsOf(folder: string, rasters: Uint8Array): Promise<Float32Array> {
  const recognizer = await Recognizer.load(folder, { provider: 'cpu' })
  const logits = await recognizer.logits(rasters)
  await recognizer.release()
  return logits
}

describe('an imported model', () => {
  it('is the exported one: weights bit for bit, classes, calibration and what made it', async () => {
    const { folder, card } = await randomModel()
    const [modelFolder, file, outFolder] = ['model', 'tiny.onnx', 'back'].map((name) => join(folder, name))
    await runExport({ modelFolder: modelFolder ?? '', file: file ?? '' })
    const done = await runImport({
      file: file ?? '',
      outFolder: outFolder ?? '',
      command: 'longhand import x',
    })
    expect(done).toMatchObject({ name: 'tiny one', path: outFolder, parameters: card.parameters })
    expect(await readWeights(outFolder ?? '')).toEqual(await readWeights(modelFolder ?? ''))
    const back = await readCard(outFolder ?? '')
    const { spec, calibration, parameters, parent, created, licence } = card
    expect(back).toMatchObject({ spec, calibration, parameters, parent, created, licence, name: 'tiny one' })
    expect(back).toMatchObject({ data: [], measured: [], command: 'longhand import x' })
    expect(back.notes).toContain('tiny.onnx')
    expect(back.notes).toContain('9.8.7')
    const rasters = checkRasters(spec.input, 9)
    const [before, after] = [
      await logitsOf(modelFolder ?? '', rasters),
      await logitsOf(outFolder ?? '', rasters),
    ]
    before.forEach((value, i) => expect(Math.abs(value - (after[i] ?? NaN))).toBeLessThan(1e-5))
  })

  it('takes another name, and reads as the digits model that ships does', async () => {
    const { folder } = await randomModel()
    const file = join(folder, 'digits.onnx')
    const outFolder = join(folder, 'back')
    await runExport({ modelFolder: digitsFolder, shipped: true, file })
    expect(await runImport({ file, outFolder, name: 'mine' })).toMatchObject({ name: 'mine' })
    const { spec } = await readCard(outFolder)
    const rasters = checkRasters(spec.input, 32)
    const [before, after] = [await logitsOf(digitsFolder, rasters), await logitsOf(outFolder, rasters)]
    before.forEach((value, i) => expect(Math.abs(value - (after[i] ?? NaN))).toBeLessThan(1e-5))
    // What is trained on is the network before its normalisation is folded away, and it reads the same.
    const weights = await readWeights(outFolder)
    const session = await Session.create(compileEvaluation(spec, 32), { provider: 'cpu' })
    const { logits } = await session.run({
      pixels: { data: Float32Array.from(rasters, (value) => value / 255), shape: [32, 1, 28, 28] },
      ...Object.fromEntries(
        describeParameters(spec).map(({ name, shape }) => [
          stateKey('weights', name),
          { data: weights.get(name) ?? new Float32Array(), shape },
        ]),
      ),
    })
    await session.release()
    before.forEach((value, i) => expect(logits?.data[i]).toBeCloseTo(value, 3))
  })
})

/** A file that was exported from the tiny model, changed. */
async function damaged(change: (model: onnx.ModelProto) => void): Promise<{ folder: string; file: string }> {
  const { folder } = await randomModel()
  const file = join(folder, 'tiny.onnx')
  await runExport({ modelFolder: join(folder, 'model'), file })
  const model = ModelProto.decode(await readFile(file))
  change(model)
  await writeFile(file, ModelProto.encode(model).finish())
  return { folder, file }
}

async function refusal(folder: string, file: string): Promise<string> {
  const before = (await readdir(folder)).sort()
  const error: unknown = await runImport({ file, outFolder: join(folder, 'back') }).catch(
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error('it was not refused as it should be', { cause: error })
  expect((await readdir(folder)).sort()).toEqual(before)
  const { code, data } = error as AppError
  expect({ code, file: 'file' in data && data.file }).toEqual({ code: 'model-not-importable', file })
  return 'detail' in data ? data.detail : ''
}

const metadata = (key: string, value: string | null) => (model: onnx.ModelProto) => {
  model.metadataProps = model.metadataProps.filter((entry) => entry.key !== key)
  if (value !== null) model.metadataProps.push({ key, value })
}
const tensor = (model: onnx.ModelProto, name: string): onnx.ITensorProto => {
  const found = model.graph?.initializer?.find((entry) => entry.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}
const hugeSpec = {
  ...tinySpec,
  layers: Array.from({ length: 3 }, () => ({ type: 'dense', units: 65_536 })),
}

const refusals: Record<string, { change: (model: onnx.ModelProto) => void; because: RegExp }> = {
  'without our metadata': { change: metadata('format', null), because: /not exported by Longhand/ },
  'of a later format': { change: metadata('format', '2'), because: /format 2, .* format 1/ },
  'without labels': { change: metadata('labels', null), because: /labels/ },
  'whose labels are no JSON': { change: metadata('labels', '["a",'), because: /labels: it is not JSON/ },
  'whose labels are not its classes': { change: metadata('labels', '["a","b","d"]'), because: /labels/ },
  'whose calibration is impossible': {
    change: metadata('calibration', '{"temperature":0,"sureAt":1,"rejectAt":1}'),
    because: /calibration/,
  },
  'whose calibration is not that of its graph': {
    change: metadata('calibration', '{"temperature":3,"sureAt":1,"rejectAt":1}'),
    because: /does not compute what its spec says/,
  },
  'whose name would write on the terminal': { change: metadata('name', 'a\x1b[2Jb'), because: /name/ },
  'that lacks a parameter of its spec': {
    change: (model) => (tensor(model, 'head.bias').name = 'head.other'),
    because: /head\.bias, which the file lacks/,
  },
  'whose spec has a layer of its own': {
    change: metadata('spec', JSON.stringify({ ...tinySpec, layers: [{ type: 'oracle' }] })),
    because: /spec/,
  },
  'whose spec is of another size than its weights': {
    change: metadata('spec', JSON.stringify({ ...tinySpec, rejects: false })),
    because: /head\.weight is \[8, 4\], .* \[8, 3\]/,
  },
  'whose spec asks for more memory than there is': {
    change: metadata('spec', JSON.stringify(hugeSpec)),
    because: /dense1\.weight is \[180, 8\], .* \[120, 65536\]/,
  },
  'whose spec is nested without an end': {
    change: metadata(
      'spec',
      `{"layers":${'[{"type":"residual","layers":'.repeat(50_000)}[]${'}]'.repeat(50_000)}}`,
    ),
    because: /./,
  },
  'of rounded weights': { change: metadata('precision', 'int8'), because: /rounded to int8.*float32/ },
  'of another opset': {
    change: (model) => (model.opsetImport = [{ domain: '', version: 22 }]),
    because: /opset 17/,
  },
  'with operators of others': {
    change: (model) => model.opsetImport.push({ domain: 'com.microsoft', version: 1 }),
    because: /opset 17 alone/,
  },
  'with an operator that we never write': {
    change: (model) => Object.assign(model.graph?.node?.[0] ?? {}, { opType: 'Loop' }),
    because: /operator Loop/,
  },
  'with a graph in an operator': {
    change: (model) =>
      Object.assign(model.graph?.node?.[0] ?? {}, {
        attribute: [{ name: 'body', type: 5, g: { name: 'g' } }],
      }),
    because: /graph in a graph/,
  },
  'whose weights claim huge dimensions': {
    change: (model) => (tensor(model, 'head.weight').dims = [2 ** 40, 2 ** 40]),
    because: /head\.weight is \[1099511627776, /,
  },
  'whose weights are cut': {
    change: (model) => (tensor(model, 'head.weight').rawData = new Uint8Array(8)),
    because: /head\.weight are cut/,
  },
  'whose weights are no numbers': {
    change: (model) => tensor(model, 'head.weight').rawData?.fill(0xff),
    because: /head\.weight has values that are no numbers/,
  },
  'whose weights are halves': {
    change: (model) => (tensor(model, 'head.weight').dataType = DataType.FLOAT16),
    because: /head\.weight/,
  },
  'whose weights lie in another file': {
    change: (model) =>
      Object.assign(tensor(model, 'head.weight'), {
        dataLocation: 1,
        externalData: [{ key: 'location', value: '/etc/passwd' }],
      }),
    because: /another file/,
  },
  'with the same weights twice': {
    change: (model) => model.graph?.initializer?.push(tensor(model, 'head.weight')),
    because: /same name/,
  },
  'with a constant of huge dimensions': {
    change: (model) =>
      model.graph?.initializer?.push({ name: 'bomb', dims: [2 ** 40], dataType: DataType.FLOAT }),
    because: /bomb of 1099511627776 numbers/,
  },
  'that would fill the memory with a shape': {
    change: (model) => {
      const rawData = new Uint8Array(BigInt64Array.of(2n ** 30n, 2n ** 30n).buffer)
      model.graph?.initializer?.push({ name: 'bomb', dims: [2], dataType: DataType.INT64, rawData })
    },
    because: /asks for a tensor/,
  },
  'whose graph reads otherwise than its spec': {
    change: (model) => {
      for (const node of model.graph?.node ?? []) if (node.opType === 'Relu') node.opType = 'Sigmoid'
    },
    because: /does not compute what its spec says/,
  },
  'whose graph does not hold together': {
    change: (model) => model.graph?.node?.splice(3, 1),
    because: /./,
  },
  'that gives other outputs': {
    change: (model) => model.graph?.output?.splice(0, 1),
    because: /probabilities and logits/,
  },
}

describe('an import', () => {
  for (const [what, { change, because }] of Object.entries(refusals)) {
    it(`refuses a file ${what}`, async () => {
      const { folder, file } = await damaged(change)
      expect(await refusal(folder, file)).toMatch(because)
    })
  }

  for (const precision of ['float16', 'int8'] as const) {
    it(`refuses what was exported as ${precision}, whose weights cannot be trained on`, async () => {
      const { folder } = await randomModel()
      const file = join(folder, 'tiny.onnx')
      await runExport({ modelFolder: join(folder, 'model'), file, precision })
      expect(await refusal(folder, file)).toMatch(new RegExp(`rounded to ${precision}`))
    })
  }

  it('refuses a file that is cut anywhere', async () => {
    const { folder, file } = await damaged(() => undefined)
    const { length } = await readFile(file)
    for (const share of [0.999, 0.7, 0.5, 0.2, 0]) {
      await truncate(file, Math.floor(share * length))
      expect(await refusal(folder, file)).not.toBe('')
    }
  })

  it('refuses what is no ONNX file, and a network of another program', async () => {
    const { folder } = await randomModel()
    const text = join(folder, 'letter.onnx')
    await writeFile(text, 'Dear Sir or Madam, this is not a network at all.')
    expect(await refusal(folder, text)).toMatch(/not an ONNX file/)
    // The network that the app itself runs is not an export either.
    expect(await refusal(folder, join(folder, 'model', 'model.onnx'))).toMatch(/not exported by Longhand/)
  })

  it('says that a file is not there, or is a folder', async () => {
    const { folder } = await randomModel()
    const outFolder = join(folder, 'back')
    await expect(runImport({ file: join(folder, 'no.onnx'), outFolder })).rejects.toMatchObject({
      code: 'file-missing',
    })
    await mkdir(join(folder, 'folder.onnx'))
    await expect(runImport({ file: join(folder, 'folder.onnx'), outFolder })).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })

  it('refuses a file that is larger than any network of ours, before it reads it', async () => {
    const { folder } = await randomModel()
    const file = join(folder, 'large.onnx')
    await writeFile(file, '')
    // A sparse file: it takes no space on most disks.
    await truncate(file, 300 * 1024 * 1024)
    expect(await refusal(folder, file)).toMatch(/314572800 bytes/)
  })
})
