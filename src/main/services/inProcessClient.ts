import { createRouterClient } from '@orpc/server'
import type { Client } from '../../shared/contract/client'
import type { Router } from './router'

/** The client of the command line: the same type, checks and errors as over a wire, without one. */
export function createInProcessClient(router: Router): Client {
  return createRouterClient(router)
}
