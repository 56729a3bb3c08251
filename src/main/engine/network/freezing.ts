import { AppError } from '../../../shared/errors/appError'
import type { LayerSpec, ModelSpec } from '../../../shared/model/modelSpec'
import type { Recipe } from '../../../shared/training/recipe'
import { describeParameters } from './describeNetwork'
import { nameLayers } from './layers'
import { isTrained } from './parameter'

/** Which layers a training leaves as they are. */
export interface Freezing {
  /** Of a layer's path, `conv2d1` or `residual2.conv2d1`. A block takes along what is in it. */
  isFrozen(layer: string): boolean
  /** How many of the first layers do the same to a sample in every epoch, so that they need to be run only once. */
  readonly front: number
}

/** @throws AppError 'layer-unknown' for a name that no layer has, 'bad-input' where nothing would be left to train */
export function freezeLayers(spec: ModelSpec, freeze: Recipe['freeze']): Freezing {
  const top = nameLayers(spec.layers, '')
  const names = top.map(([name]) => name)
  const layersOfParameters = describeParameters(spec).flatMap((info) =>
    isTrained(info) ? [info.name.slice(0, info.name.lastIndexOf('.'))] : [],
  )
  const frozen = new Set(freeze === 'none' ? [] : freeze === 'backbone' ? names : freeze)
  const known = [...names, ...layersOfParameters]
  for (const name of frozen) {
    if (!known.some((path) => path === name || path.startsWith(`${name}.`)))
      throw new AppError('layer-unknown', { name, known: [...names, 'head'].join(', ') })
  }
  const isFrozen = (layer: string): boolean =>
    layer.split('.').some((_, i, parts) => frozen.has(parts.slice(0, i + 1).join('.')))
  if (layersOfParameters.every(isFrozen))
    throw new AppError('bad-input', { detail: 'freeze: nothing would be left to train' })

  const isSteady = ([path, layer]: readonly [string, LayerSpec]): boolean =>
    isFrozen(path) ||
    (layer.type === 'residual'
      ? nameLayers(layer.layers, path).every(isSteady) && !hasOpenParameters(path)
      : layer.type !== 'dropout' && !hasOpenParameters(path))
  const hasOpenParameters = (path: string): boolean =>
    layersOfParameters.some((name) => (name === path || name.startsWith(`${path}.`)) && !isFrozen(name))
  const firstOpen = top.findIndex((layer) => !isSteady(layer))
  return { isFrozen, front: frozen.size === 0 ? 0 : firstOpen < 0 ? top.length : firstOpen }
}
