import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/contract'
import type { Logger } from '../../shared/logger'
import { createErrorBoundary } from './errorBoundary'
import type { CallGate } from './storage/callGate'

/** The contract to be implemented, with the one boundary that every error passes, and the gate that every call does. */
export function implementContract(log: Logger, gate: CallGate) {
  const boundary = createErrorBoundary(log)
  return implement(contract).use(({ path, next }) =>
    boundary(path, () => {
      gate.pass(path.join('.'))
      return next()
    }),
  )
}
export type ContractImplementer = ReturnType<typeof implementContract>
