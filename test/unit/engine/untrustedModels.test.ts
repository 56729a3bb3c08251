import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExport } from '../../../src/main/engine/export/readExport'
import { sizeOf } from '../../../src/main/engine/graph/shape'
import { tabulateNetwork } from '../../../src/main/engine/network/tabulateNetwork'
import { AppError } from '../../../src/shared/errors/appError'
import { modelSpecSchema } from '../../../src/shared/model/modelSpec'
import { randomModel, runExport } from './exportFixtures'

const small = fc.integer({ min: -1, max: 20 })
const plainLayer = fc.oneof(
  fc.record({
    type: fc.constantFrom('conv2d', 'depthwiseConv2d'),
    filters: small,
    kernel: small,
    stride: small,
    padding: fc.constantFrom('same', 'valid', 'none'),
  }),
  fc.record({ type: fc.constant('dense'), units: small }),
  fc.record({ type: fc.constantFrom('maxPool', 'averagePool'), size: small, stride: small }),
  fc.record({
    type: fc.constantFrom('relu', 'gelu', 'silu', 'batchNorm', 'flatten', 'globalAveragePool', 'loop'),
  }),
  fc.record({ type: fc.constant('groupNorm'), groups: small }),
  fc.record({ type: fc.constant('squeezeExcite'), ratio: small }),
  fc.record({ type: fc.constant('unitLength'), scale: small }),
  fc.record({ type: fc.constant('dropout'), rate: fc.double({ min: -0.2, max: 1.2, noNaN: true }) }),
)
const layer = fc.oneof(
  { weight: 8, arbitrary: plainLayer },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('residual'), layers: fc.array(plainLayer, { maxLength: 4 }) }),
  },
)
const size = fc.integer({ min: 4, max: 40 })
const anySpec = fc.record({
  name: fc.constantFrom('net', '../net', ''),
  input: fc.record({
    width: size,
    height: size,
    raster: fc.record({
      box: size,
      penWidth: fc.constantFrom(0, 2),
      centre: fc.constantFrom('mass', 'box', 'eye'),
    }),
  }),
  classes: fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }),
  rejects: fc.boolean(),
  layers: fc.array(layer, { maxLength: 8 }),
})
/** Right in all but its layers, so that most cases come as far as these. */
const layeredSpec = fc.array(layer, { minLength: 1, maxLength: 8 }).map((layers) => ({
  name: 'net',
  input: { width: 20, height: 16, raster: { box: 12, penWidth: 1, centre: 'mass' } },
  classes: ['a', 'b'],
  layers,
}))

describe('any description of a network', () => {
  it('is refused by the schema, refused with its reason, or becomes a table of finite numbers', () => {
    let tabulated = 0
    fc.assert(
      fc.property(fc.oneof(anySpec, layeredSpec), (description) => {
        const spec = modelSpecSchema.safeParse(description)
        if (!spec.success) return
        try {
          const table = tabulateNetwork(spec.data)
          expect(Number.isSafeInteger(table.parameters)).toBe(true)
          expect(Number.isFinite(table.flops)).toBe(true)
          tabulated += 1
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect(error).toMatchObject({ code: 'spec-invalid' })
        }
      }),
      { numRuns: 3000 },
    )
    // Else nothing would have been tried behind the schema.
    expect(tabulated).toBeGreaterThan(50)
  })
})

describe('an ONNX file that was tampered with', () => {
  it('is refused with a reason, or is still the network of its spec', async () => {
    const { folder } = await randomModel()
    const file = join(folder, 'tiny.onnx')
    await runExport({ modelFolder: join(folder, 'model'), file })
    const good = new Uint8Array(await readFile(file))
    const place = fc.nat(good.length - 1)
    const damage = fc.oneof(
      fc.tuple(place, fc.nat(255)).map(
        ([at, value]) =>
          (bytes: Uint8Array) =>
            bytes.fill(value, at, at + 1),
      ),
      fc.tuple(place, fc.nat(64)).map(
        ([at, length]) =>
          (bytes: Uint8Array) =>
            bytes.fill(0xff, at, at + length),
      ),
      place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, at)),
      fc.tuple(place, place, fc.nat(512)).map(([from, to, length]) => (bytes: Uint8Array) => {
        bytes.copyWithin(to, from, from + length)
        return bytes
      }),
    )
    let refused = 0
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        let bytes: Uint8Array = good.slice()
        for (const spoil of damages) bytes = spoil(bytes)
        try {
          const { infos, parameters } = readExport(bytes)
          for (const { name, shape } of infos) expect(parameters.get(name)).toHaveLength(sizeOf(shape))
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
          expect(error).not.toBeInstanceOf(TypeError)
          refused += 1
        }
      }),
      { numRuns: 2000 },
    )
    expect(refused).toBeGreaterThan(500)
  })
})
