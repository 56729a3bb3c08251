import { createORPCClient, mapEventIterator, type ClientContext, type ClientLink } from '@orpc/client'
import type { Client } from '../../shared/contract/client'
import { toAppError } from '../../shared/contract/clientError'

/** The client over whichever link is current; whatever it throws, streams included, is an AppError. */
export function createClient(currentLink: () => ClientLink<ClientContext>): Client {
  const link: ClientLink<ClientContext> = {
    async call(path, input, options) {
      try {
        const output = await currentLink().call(path, input, options)
        if (!isStream(output)) return output
        return mapEventIterator(output, {
          value: (event) => Promise.resolve(event),
          error: (thrown) => Promise.resolve(toAppError(thrown)),
        })
      } catch (thrown) {
        throw toAppError(thrown)
      }
    },
  }
  return createORPCClient(link)
}

function isStream(output: unknown): output is AsyncGenerator {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output
}
