import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/contract'
import type { Logger } from '../../shared/logger'
import { createErrorBoundary } from './errorBoundary'

/** The contract to be implemented, with the one boundary that every error passes. */
export function implementContract(log: Logger) {
  const boundary = createErrorBoundary(log)
  return implement(contract).use(({ path, next }) => boundary(path, () => next()))
}
export type ContractImplementer = ReturnType<typeof implementContract>
