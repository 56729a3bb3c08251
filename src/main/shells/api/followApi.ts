import type { ApiState } from '../../../shared/contract/apiAccess'
import type { Settings } from '../../../shared/contract/settings'
import { isAppError } from '../../../shared/errors/appError'
import type { Logger } from '../../../shared/logger'
import type { Services } from '../../services/createServices'
import { createInProcessClient } from '../../services/inProcessClient'
import { serveApi, type ApiServer } from './serveApi'

export interface FollowApiOptions {
  services: Pick<Services, 'router' | 'api' | 'onSettings'>
  longhandVersion: string
  log: Logger
}

/**
 * Serves the local API while the settings say so, at the port that they say.
 * @returns once it stands as the settings have it; what it gives ends it
 */
export async function followApi(options: FollowApiOptions): Promise<() => Promise<void>> {
  const { services, longhandVersion, log } = options
  let server: ApiServer | null = null
  let fault: ApiState['fault'] = null
  let servedPort: number | null = null
  /** Changes wait for one another. */
  let turn = Promise.resolve()

  const follow = async (wantedPort: number | null): Promise<void> => {
    if (wantedPort === servedPort) return
    await server?.close()
    server = null
    servedPort = null
    fault = null
    if (wantedPort === null) return
    try {
      server = await serveApi({ services, port: wantedPort, longhandVersion, log })
      servedPort = wantedPort
    } catch (error) {
      fault = isAppError(error, 'port-taken') ? 'port-taken' : 'failed'
      log.error({ error }, 'the local API cannot be served')
    }
  }
  const inTurn = (wantedPort: number | null): Promise<void> => (turn = turn.then(() => follow(wantedPort)))
  const portOf = ({ localApi, localApiPort }: Settings): number | null => (localApi ? localApiPort : null)

  services.onSettings((settings) => void inTurn(portOf(settings)))
  services.api.servedBy(async () => {
    await turn
    return { url: server?.url ?? null, fault }
  })
  await inTurn(portOf(await createInProcessClient(services.router).settings.get()))
  return () => inTurn(null)
}
