import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from './contract'

/** The one client type: of the renderer, the command line and the tests, whatever carries the messages. */
export type Client = ContractRouterClient<typeof contract>
