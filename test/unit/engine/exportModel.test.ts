import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import onnxProto from 'onnx-proto'
import { describe, expect, it } from 'vitest'
import { ExportedModel } from '../../../src/main/engine/export/exportedModel'
import { compileExport } from '../../../src/main/engine/export/exportGraph'
import { exportOperators } from '../../../src/main/engine/export/exportOperators'
import { toFloat16 } from '../../../src/main/engine/export/float16'
import { probabilitiesOf } from '../../../src/main/engine/infer/probabilities'
import { Recognizer } from '../../../src/main/engine/infer/recognizer'
import { readCard } from '../../../src/main/engine/model/modelFolder'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { checkRasters } from '../../../src/main/engineProcess/handlers/checkRasters'
import { modelExportSchema, precisionSchema } from '../../../src/shared/model/modelExport'
import { outputCount } from '../../../src/shared/model/modelSpec'
import { characterSpecNames, namedSpec } from '../../../src/shared/model/specs'
import { exampleCard } from '../../fixtures/exampleCard'
import { digitsFolder, randomModel, runExport, tinySpec } from './exportFixtures'

const { ModelProto } = onnxProto.onnx
const { DataType } = onnxProto.onnx.TensorProto

async function readBoth(modelFolder: string, file: string, count: number) {
  const recognizer = await Recognizer.load(modelFolder, { provider: 'cpu' })
  const { spec, calibration } = recognizer.card
  const rasters = checkRasters(spec.input, count)
  const logits = await recognizer.logits(rasters)
  await recognizer.release()
  const exported = await ExportedModel.load(await readFile(file), spec.input)
  const reading = await exported.read(rasters)
  await exported.release()
  const outputs = outputCount(spec)
  const expected = Array.from({ length: count }, (_, i) =>
    probabilitiesOf(
      logits.subarray(i * outputs, (i + 1) * outputs),
      spec.classes.length,
      calibration.temperature,
    ),
  )
  return { logits, expected, reading }
}

describe('an exported file', () => {
  for (const batch of [1, 7]) {
    it(`reads what the digits model reads, ${batch} at a time`, async () => {
      const { folder } = await randomModel()
      const file = join(folder, 'digits.onnx')
      await runExport({ modelFolder: digitsFolder, shipped: true, file })
      const { expected, reading } = await readBoth(digitsFolder, file, batch)
      expect(reading.probabilities).toHaveLength(batch * 10)
      expect(reading.notACharacter).toHaveLength(batch)
      expected.forEach(({ classes, reject }, i) => {
        classes.forEach((value, k) => expect(reading.probabilities[i * 10 + k]).toBeCloseTo(value, 5))
        expect(reading.notACharacter?.[i]).toBeCloseTo(reject, 5)
      })
    })
  }

  it('reads what a network with a residual block reads, one that rejects and one that does not', async () => {
    for (const rejects of [true, false]) {
      const { folder } = await randomModel({ ...tinySpec, rejects })
      const file = join(folder, 'tiny.onnx')
      await runExport({ modelFolder: join(folder, 'model'), file })
      const { logits, expected, reading } = await readBoth(join(folder, 'model'), file, 7)
      logits.forEach((value, i) => expect(reading.logits[i]).toBeCloseTo(value, 4))
      expect(reading.notACharacter === null).toBe(!rejects)
      expected.forEach(({ classes, reject }, i) => {
        classes.forEach((value, k) => expect(reading.probabilities[i * 3 + k]).toBeCloseTo(value, 5))
        if (rejects) expect(reading.notACharacter?.[i]).toBeCloseTo(reject, 5)
      })
    }
  })

  it('says what it is, and nothing of the machine that it was made on', async () => {
    const { folder, card } = await randomModel()
    const file = join(folder, 'tiny.onnx')
    await runExport({ modelFolder: join(folder, 'model'), file })
    const bytes = await readFile(file)
    const model = ModelProto.decode(bytes)
    const texts = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key ?? '', value ?? '']))
    expect(JSON.parse(texts.labels ?? '')).toEqual(['a', 'b', 'ç'])
    expect(JSON.parse(texts.spec ?? '')).toEqual(card.spec)
    expect(JSON.parse(texts.calibration ?? '')).toEqual(card.calibration)
    expect(JSON.parse(texts.raster ?? '')).toEqual(card.spec.input)
    expect(texts).toMatchObject({ format: '1', longhand: '9.8.7', name: 'tiny one', licence: 'CC0' })
    expect(texts).toMatchObject({ precision: 'float32' })
    expect(texts.preparation).toMatch(/uint8 \[batch, 10, 12\], 0 for paper and 255 for full ink.* 8 pixels/)
    expect(bytes.toString('latin1')).not.toContain('somebody')
    expect(model.opsetImport.map(({ version }) => Number(version))).toEqual([17])
    const [images, ...others] = model.graph?.input ?? []
    expect(others).toEqual([])
    expect(images).toMatchObject({ name: 'images', type: { tensorType: { elemType: DataType.UINT8 } } })
    const dims = images?.type?.tensorType?.shape?.dim?.map(
      ({ dimParam, dimValue }) => dimParam || Number(dimValue),
    )
    expect(dims).toEqual(['batch', 10, 12])
    expect(model.graph?.output?.map(({ name }) => name)).toEqual(['probabilities', 'notACharacter', 'logits'])
  })

  for (const name of characterSpecNames) {
    it(`of ${name} has only operators that every runtime has, and only names that ONNX Runtime knows`, async () => {
      const spec = namedSpec(name, ['0', '1', '2'])
      const parameters = initializeParameters(describeParameters(spec), 1)
      for (const precision of precisionSchema.options) {
        const bytes = compileExport({ ...exampleCard(name), spec }, parameters, precision, '1')
        const nodes = ModelProto.decode(bytes).graph?.node ?? []
        expect(nodes.filter(({ domain }) => domain)).toEqual([])
        expect(
          [...new Set(nodes.map(({ opType }) => opType))].filter((op) => !exportOperators.has(op ?? '')),
        ).toEqual([])
        const loaded = await ExportedModel.load(bytes, spec.input)
        const { probabilities } = await loaded.read(checkRasters(spec.input, 2))
        await loaded.release()
        expect(probabilities).toHaveLength(6)
      }
    })
  }
})

describe('the operators of exported files', () => {
  it('are these, each of which the named runtimes have at opset 17', () => {
    expect([...exportOperators].sort()).toEqual([
      ...['Add', 'AveragePool', 'Cast', 'Concat', 'Conv', 'Div', 'Erf', 'Exp', 'Expand', 'Flatten', 'Gemm'],
      ...[
        'Identity',
        'Log',
        'MatMul',
        'MaxPool',
        'Mul',
        'Neg',
        'Pad',
        'ReduceMax',
        'ReduceMean',
        'ReduceSum',
      ],
      ...['Relu', 'Reshape', 'Sigmoid', 'Slice', 'Sqrt', 'Sub', 'Transpose'],
    ])
  })
})

describe('weights in fewer bits', () => {
  const sizes: Record<string, { smallerThan: number; differsBy: number }> = {
    float16: { smallerThan: 0.55, differsBy: 0.02 },
    int8: { smallerThan: 0.35, differsBy: 0.2 },
  }
  for (const [name, { smallerThan, differsBy }] of Object.entries(sizes)) {
    it(`as ${name} take less space, agree with the model, and are measured beside it`, async () => {
      const { folder } = await randomModel()
      const precision = precisionSchema.parse(name)
      const common = { modelFolder: digitsFolder, shipped: true, data: 'mnist:test' }
      const whole = await runExport({ ...common, data: null, file: join(folder, 'whole.onnx') })
      const { entry } = await runExport({ ...common, precision, file: join(folder, 'small.onnx') })
      expect(entry.bytes).toBeLessThan(smallerThan * whole.entry.bytes)
      expect(entry.parity.agreement).toBeGreaterThanOrEqual(0.99)
      expect(entry.parity.largestDifference).toBeGreaterThan(0)
      expect(entry.parity.largestDifference).toBeLessThan(differsBy)
      expect(entry.measured).toMatchObject({ data: 'mnist:test', count: 10_000 })
      expect(entry.measured?.floatAccuracy).toBeGreaterThanOrEqual(0.995)
      expect(entry.measured?.accuracy).toBeGreaterThanOrEqual((entry.measured?.floatAccuracy ?? 1) - 0.001)
      expect(entry.measured?.imagesPerSecond).toBeGreaterThan(0)
    })
  }

  it('are rounded to float16 as IEEE 754 says', () => {
    const cases: [number, number][] = [
      ...([
        [0, 0],
        [-0, 0x8000],
        [1, 0x3c00],
        [-2, 0xc000],
        [65504, 0x7bff],
        [1e9, 0x7bff],
      ] as [number, number][]),
      // Halves go to the even neighbour, below and above, and may carry into the next power of two.
      ...([
        [1 + 2 ** -11, 0x3c00],
        [1 + 3 * 2 ** -11, 0x3c02],
        [2 - 2 ** -12, 0x4000],
      ] as [number, number][]),
      // The smallest normal number, the largest below it, the smallest of all, and half of that.
      ...([
        [2 ** -14, 0x0400],
        [2 ** -14 - 2 ** -24, 0x03ff],
        [2 ** -24, 1],
        [2 ** -25, 0],
      ] as [number, number][]),
      [0.1, 0x2e66],
    ]
    const values = Float32Array.from(cases, ([value]) => value)
    expect([...toFloat16(values)]).toEqual(cases.map(([, bits]) => bits))
  })
})

describe('an export', () => {
  it("is told in a report beside the file and in the model's card, once for each file", async () => {
    const { folder, card } = await randomModel()
    const modelFolder = join(folder, 'model')
    const cardFile = join(modelFolder, 'card.json')
    await writeFile(cardFile, JSON.stringify({ ...card, ofALaterVersion: 5 }))
    const file = join(folder, 'deep', 'tiny.onnx')
    const { entry, report, card: updated } = await runExport({ modelFolder, file })
    expect(updated).toBe('updated')
    expect(modelExportSchema.parse(entry)).toMatchObject({
      ...{ file: 'tiny.onnx', precision: 'float32', opset: 17 },
      bytes: (await readFile(file)).length,
      parity: { samples: 256, agreement: 1 },
    })
    expect(entry.parity.largestDifference).toBeLessThan(1e-4)
    expect(JSON.parse(await readFile(report, 'utf8'))).toEqual({ model: 'tiny one', ...entry })
    expect((await readCard(modelFolder)).exports).toEqual([entry])
    expect(JSON.parse(await readFile(cardFile, 'utf8'))).toMatchObject({ ofALaterVersion: 5 })

    await runExport({ modelFolder, file, force: true, precision: 'int8' })
    await runExport({ modelFolder, file: join(folder, 'other.onnx') })
    const exports = (await readCard(modelFolder)).exports ?? []
    expect(exports.map((other) => [other.file, other.precision])).toEqual([
      ['tiny.onnx', 'int8'],
      ['other.onnx', 'float32'],
    ])
    expect((await readdir(modelFolder)).sort()).toEqual(['card.json', 'model.onnx', 'weights.safetensors'])
    expect((await readdir(join(folder, 'deep'))).sort()).toEqual(['tiny.onnx', 'tiny.onnx.json'])
  })

  it('leaves the card of a model that ships as it is', async () => {
    const { folder, card } = await randomModel()
    const done = await runExport({
      ...{ modelFolder: join(folder, 'model'), shipped: true },
      file: join(folder, 'tiny.onnx'),
    })
    expect(done.card).toBe('shipped')
    expect(await readCard(join(folder, 'model'))).toEqual(card)
  })

  it('is done, and says so, where the card cannot be written', async () => {
    const { folder, card } = await randomModel()
    // In the way of writing the card, whoever runs this test: nothing is forbidden to an administrator.
    await mkdir(join(folder, 'model', 'card.json.part', 'in the way'), { recursive: true })
    const done = await runExport({ modelFolder: join(folder, 'model'), file: join(folder, 'tiny.onnx') })
    expect(done.card).toBe('unwritable')
    expect(await readCard(join(folder, 'model'))).toEqual(card)
  })

  it('keeps what is there, unless it is told to replace it', async () => {
    const { folder } = await randomModel()
    const modelFolder = join(folder, 'model')
    const file = join(folder, 'tiny.onnx')
    await writeFile(file, 'mine')
    await expect(runExport({ modelFolder, file })).rejects.toMatchObject({
      code: 'file-exists',
      data: { file },
    })
    expect(await readFile(file, 'utf8')).toBe('mine')
    await runExport({ modelFolder, file, force: true })
    expect((await readFile(file)).length).toBeGreaterThan(1000)
    // Another file's report counts as well.
    const other = join(folder, 'other.onnx')
    await writeFile(`${other}.json`, 'mine')
    await expect(runExport({ modelFolder, file: other })).rejects.toMatchObject({ code: 'file-exists' })
    expect(await readdir(folder)).not.toContain('other.onnx')
  })

  it("never replaces a model's own network", async () => {
    const { folder } = await randomModel()
    const modelFolder = join(folder, 'model')
    const file = join(modelFolder, 'model.onnx')
    const before = await readFile(file)
    const error = { code: 'file-unwritable' }
    await expect(runExport({ modelFolder, file, force: true })).rejects.toMatchObject(error)
    expect(await readFile(file)).toEqual(before)
  })

  it('leaves nothing, and what was there, where the weights are not those of the network', async () => {
    const { folder } = await randomModel()
    const modelFolder = join(folder, 'model')
    const weights = join(modelFolder, 'weights.safetensors')
    const bytes = await readFile(weights)
    bytes.writeFloatLE(3, bytes.length - 40)
    await writeFile(weights, bytes)
    const file = join(folder, 'tiny.onnx')
    await writeFile(file, 'mine')
    await expect(runExport({ modelFolder, file, force: true })).rejects.toMatchObject({
      code: 'export-differs',
      data: { file },
    })
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect((await readdir(folder)).sort()).toEqual(['model', 'tiny.onnx'])
  })

  it('fails for weights that are cut, for labels that are not known, and where it cannot write', async () => {
    const { folder } = await randomModel()
    const modelFolder = join(folder, 'model')
    const file = join(folder, 'tiny.onnx')
    await expect(runExport({ modelFolder, file, data: 'mnist:test' })).rejects.toMatchObject({
      code: 'labels-unknown',
    })
    await mkdir(join(folder, 'taken.onnx'))
    await expect(
      runExport({ modelFolder, file: join(folder, 'taken.onnx'), force: true }),
    ).rejects.toMatchObject({ code: 'file-unwritable' })
    const weights = join(modelFolder, 'weights.safetensors')
    await writeFile(weights, (await readFile(weights)).subarray(0, 900))
    await expect(runExport({ modelFolder, file })).rejects.toMatchObject({ code: 'model-broken' })
    expect((await readdir(folder)).sort()).toEqual(['model', 'taken.onnx'])
  })
})
