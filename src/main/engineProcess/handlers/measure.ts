import { namedSpec } from '../../../shared/model/specs'
import { measureProvider } from '../../engine/providers/measureProvider'
import type { EngineHandlers } from '../protocol/serve'

const standIns = Array.from('0123456789')

/** Measures a provider at the network that is to be trained. */
export const measure: EngineHandlers['measureProvider'] = ({ spec, recipe, provider }) =>
  measureProvider('layers' in spec ? spec : namedSpec(spec.name, spec.classes ?? standIns), recipe, provider)
