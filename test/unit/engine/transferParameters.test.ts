import { expect, it } from 'vitest'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { transferParameters } from '../../../src/main/engine/network/transferParameters'
import type { ModelSpec } from '../../../src/shared/model/modelSpec'
import { tinySpec } from './tinyTask'

const parent = { ...tinySpec, rejects: true }
const parameters = initializeParameters(describeParameters(parent), 3)
const get = (values: ReadonlyMap<string, Float32Array>, name: string): Float32Array => {
  const found = values.get(name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
/** One output's column of a head. */
const column = (values: ReadonlyMap<string, Float32Array>, output: number, outputs: number): number[] => [
  ...get(values, 'head.weight').filter((_, i) => i % outputs === output),
]

it('gives the same network back for the same classes', () => {
  expect(transferParameters({ spec: parent, parameters }, parent, 9)).toEqual(parameters)
})

it('keeps what both know when the classes change, and begins the rest from the seed', () => {
  // lying, standing, crossed -> crossed, round, lying
  const child: ModelSpec = { ...parent, classes: ['crossed', 'round', 'lying'] }
  const start = transferParameters({ spec: parent, parameters }, child, 9)
  expect(get(start, 'conv2d1.weight')).toEqual(get(parameters, 'conv2d1.weight'))
  expect(get(start, 'residual1.conv2d1.weight')).toEqual(get(parameters, 'residual1.conv2d1.weight'))
  expect(column(start, 0, 4)).toEqual(column(parameters, 2, 4))
  expect(column(start, 2, 4)).toEqual(column(parameters, 0, 4))
  // Not a character.
  expect(column(start, 3, 4)).toEqual(column(parameters, 3, 4))
  const fresh = initializeParameters(describeParameters(child), 9)
  expect(column(start, 1, 4)).toEqual(column(fresh, 1, 4))
})

it('grows and shrinks', () => {
  const grown: ModelSpec = { ...parent, classes: [...parent.classes, 'dotted', 'empty'], rejects: false }
  const start = transferParameters({ spec: parent, parameters }, grown, 9)
  for (const output of [0, 1, 2]) expect(column(start, output, 5)).toEqual(column(parameters, output, 4))
  const back = transferParameters({ spec: grown, parameters: start }, { ...tinySpec, rejects: false }, 9)
  for (const output of [0, 1, 2]) expect(column(back, output, 3)).toEqual(column(parameters, output, 4))
})

it('refuses a network that differs in more than its classes', () => {
  const other: ModelSpec = { ...parent, layers: parent.layers.slice(2) }
  expect(() => transferParameters({ spec: parent, parameters }, other, 9)).toThrow('do not fit')
})
