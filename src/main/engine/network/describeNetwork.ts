import { AppError } from '../../../shared/errors/appError'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { GraphBuilder } from '../graph/graphBuilder'
import { sizeOf, type Shape } from '../graph/shape'
import { forward } from './forward'
import type { ForwardContext } from './forwardContext'
import { buildLayers, nameLayers } from './layers'
import { isTrained, type ParameterInfo } from './parameter'

/** The parameters of a network in the order in which they are met; @throws AppError 'spec-invalid' as walkNetwork */
export function describeParameters(spec: ModelSpec): ParameterInfo[] {
  const infos: ParameterInfo[] = []
  walkNetwork(spec, infos)
  return infos
}

/** What the first `count` layers give for one sample: [1, ...]; the input's own shape for none. */
export function frontShape(spec: ModelSpec, count: number): Shape {
  const b = new GraphBuilder()
  const x = b.input('x', [1, 1, spec.input.height, spec.input.width])
  return buildLayers(describingContext(b, []), nameLayers(spec.layers, '').slice(0, count), x).shape
}

/** How many numbers a training of the network adjusts. */
export function countParameters(spec: ModelSpec): number {
  return countTrained(describeParameters(spec))
}

export function countTrained(infos: readonly ParameterInfo[]): number {
  return infos.reduce((total, info) => total + (isTrained(info) ? sizeOf(info.shape) : 0), 0)
}

/**
 * Builds a network for one sample, for the sake of its shapes.
 * @param infos takes the parameters that the layers ask for
 * @throws AppError 'spec-invalid' where the layers do not fit each other
 */
export function walkNetwork(
  spec: ModelSpec,
  infos: ParameterInfo[],
  onLayer?: ForwardContext['onLayer'],
): void {
  const b = new GraphBuilder()
  const context = { ...describingContext(b, infos), ...(onLayer && { onLayer }) }
  try {
    forward(context, spec, b.input('x', [1, 1, spec.input.height, spec.input.width]))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('spec-invalid', { file: spec.name, detail }, { cause: error })
  }
}

function describingContext(b: GraphBuilder, infos: ParameterInfo[]): ForwardContext {
  return {
    b,
    training: false,
    isFrozen: () => false,
    parameter: (name, shape, role, fanIn = 0) => {
      infos.push({ name, shape, role, fanIn })
      return b.input(name, shape)
    },
    noise: (name, shape) => b.input(name, shape),
    observe: () => undefined,
  }
}
