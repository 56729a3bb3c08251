import type { ModelSpec } from '../../../shared/model/modelSpec'
import { GraphBuilder } from '../graph/graphBuilder'
import { sizeOf } from '../graph/shape'
import { forward } from './forward'
import { isTrained, type ParameterInfo } from './parameter'

/** The parameters of a network in the order in which they are met; throws where its layers do not fit each other. */
export function describeParameters(spec: ModelSpec): ParameterInfo[] {
  const infos: ParameterInfo[] = []
  const b = new GraphBuilder()
  const x = b.input('x', [1, 1, spec.input.height, spec.input.width])
  forward(
    {
      b,
      training: false,
      parameter: (name, shape, role, fanIn = 0) => {
        infos.push({ name, shape, role, fanIn })
        return b.input(name, shape)
      },
      noise: (name, shape) => b.input(name, shape),
      observe: () => undefined,
    },
    spec,
    x,
  )
  return infos
}

/** How many numbers a training of the network adjusts. */
export function countParameters(spec: ModelSpec): number {
  return describeParameters(spec).reduce((sum, info) => sum + (isTrained(info) ? sizeOf(info.shape) : 0), 0)
}
