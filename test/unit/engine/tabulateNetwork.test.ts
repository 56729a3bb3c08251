import { expect, it } from 'vitest'
import { countParameters } from '../../../src/main/engine/network/describeNetwork'
import { tabulateNetwork } from '../../../src/main/engine/network/tabulateNetwork'
import { modelSpecSchema, type ModelSpecInput } from '../../../src/shared/model/modelSpec'
import { characterSpecNames, namedSpec } from '../../../src/shared/model/specs'

const specOf = (layers: ModelSpecInput['layers']) =>
  modelSpecSchema.parse({
    name: 'tiny',
    input: { width: 8, height: 8, raster: { box: 6, penWidth: 1, centre: 'mass' } },
    classes: ['a', 'b', 'c'],
    layers,
  })

it('lists each layer with its shape, parameters and operations', () => {
  const { layers, ...rest } = tabulateNetwork(
    specOf([
      { type: 'conv2d', filters: 4, padding: 'valid' },
      { type: 'relu' },
      { type: 'residual', layers: [{ type: 'conv2d', filters: 6, kernel: 1, stride: 2 }] },
      { type: 'globalAveragePool' },
    ]),
  )
  expect(layers.map(({ name, output, parameters }) => [name, output, parameters])).toEqual([
    ['conv2d1', [4, 6, 6], 4 * 9 + 4],
    ['relu1', [4, 6, 6], 0],
    ['residual1.conv2d1', [6, 3, 3], 6 * 4 + 6],
    ['residual1', [6, 3, 3], 6 * 4],
    ['globalAveragePool1', [6], 0],
    ['head', [3], 6 * 3 + 3],
  ])
  expect(layers[0]?.flops).toBe(2 * 9 * 4 * 36)
  expect(layers[2]?.flops).toBe(2 * 4 * 6 * 9)
  // The product, and one addition an output.
  expect(layers[5]?.flops).toBe(2 * 6 * 3 + 3)
  expect(rest).toMatchObject({ name: 'tiny', input: [1, 8, 8], parameters: 40 + 30 + 24 + 21 })
})

it.each(characterSpecNames)(
  'builds %s for rasters of every side from 28 to 64 pixels, and for no other',
  (name) => {
    expect(namedSpec(name, ['a', 'b'])).toEqual(namedSpec(`${name}@28`, ['a', 'b']))
    for (let side = 28; side <= 64; side++) {
      const spec = namedSpec(`${name}@${side}`, ['a', 'b'])
      const width = name === 'hand' ? 3 * side : side
      expect(spec.input).toMatchObject({ width, height: side })
      const table = tabulateNetwork(spec)
      expect(table.input).toEqual([1, side, width])
      expect(table.layers.at(-1)).toMatchObject({ name: 'head' })
      expect(table.parameters).toBe(countParameters(spec))
    }
    for (const reference of [`${name}@27`, `${name}@65`, `${name}@`, `${name}@4 8`, `@${name}`]) {
      expect(() => namedSpec(reference, ['a', 'b']), reference).toThrow('spec-unknown')
    }
  },
)

it('builds the network of words at its one size', () => {
  const spec = namedSpec('words', ['a', 'b'])
  const { layers, parameters, input } = tabulateNetwork(spec)
  expect(input).toEqual([1, 30, 144])
  expect(layers.at(-1)).toMatchObject({ name: 'head', output: [3, 1, 36] })
  expect(parameters).toBe(countParameters(spec))
  expect(() => namedSpec('words@40', ['a', 'b'])).toThrow('spec-unknown')
  expect(() => tabulateNetwork({ ...spec, text: { columns: 35, longest: 20 } })).toThrow('spec-invalid')
})

it('says where layers do not fit each other', () => {
  expect(() =>
    tabulateNetwork(specOf(Array.from({ length: 5 }, () => ({ type: 'maxPool' as const })))),
  ).toThrow('spec-invalid')
})
