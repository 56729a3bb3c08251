import type { ClientContext } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { toAppError } from '../../shared/contract/clientError'
import { customJsonSerializers } from '../../shared/contract/serializers'
import { AppError } from '../../shared/errors/appError'
import { forgetToken, readAccessClaim } from './accessClaim'
import type { Connection } from './connection'
import { createClient } from './createClient'
import { Listeners } from './listeners'
import { openSocket } from './openSocket'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5000

/**
 * Connects to the server of this page, and again whenever the line breaks.
 * @throws AppError 'access-denied' or 'connection-lost'
 */
export async function connectBrowser(): Promise<Connection> {
  const claim = readAccessClaim()
  if (claim === null) throw new AppError('access-denied', {})
  const lost = new Listeners<[AppError]>()
  const restored = new Listeners<[]>()

  const open = async (): Promise<RPCLink<ClientContext>> => {
    const socket = await openSocket(claim)
    socket.addEventListener('close', () => void reopen())
    return new RPCLink({ websocket: socket, customJsonSerializers })
  }
  let link = await open()
  forgetToken()

  async function reopen(): Promise<void> {
    lost.call(new AppError('connection-lost', {}))
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      try {
        link = await open()
        restored.call()
        return
      } catch (thrown) {
        const error = toAppError(thrown)
        // Another run of the server is at this address now; it does not know this tab, and never will.
        if (error.code === 'access-denied') {
          lost.call(error)
          return
        }
      }
    }
  }

  return { client: createClient(() => link), shell: 'browser', onLost: lost.add, onRestored: restored.add }
}
