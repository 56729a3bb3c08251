import { namedSpec } from '../../../shared/model/specs'
import { tabulateNetwork } from '../../engine/network/tabulateNetwork'
import type { EngineHandlers } from '../protocol/serve'

/** @throws AppError 'spec-unknown' */
export const tabulate: EngineHandlers['tabulate'] = ({ spec }) =>
  Promise.resolve(tabulateNetwork('layers' in spec ? spec : namedSpec(spec.name, spec.classes)))
