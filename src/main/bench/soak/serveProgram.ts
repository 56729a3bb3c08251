import { createORPCClient, type ClientContext } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import type { Client } from '../../../shared/contract/client'
import { customJsonSerializers } from '../../../shared/contract/serializers'

/** Starts the built `longhand serve`. */
export async function startProgram(
  programFolder: string,
  dataFolder: string,
): Promise<{ url: URL; pid: number; end(): Promise<void> }> {
  const child = spawn(process.execPath, [join(programFolder, 'longhand.js'), 'serve', '--no-open'], {
    env: { ...process.env, LONGHAND_DATA_FOLDER: dataFolder },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    url: new URL(line.trim()),
    pid: child.pid ?? 0,
    async end() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

/**
 * Speaks with it as its page does, over the WebSocket.
 * @param session a secret of 32 bytes: one that the link's token shall be good for, or that of a tab that is open already
 */
export async function connectTo(url: URL, session: string): Promise<{ client: Client; close: () => void }> {
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? ''
  const socket = new WebSocket(
    `ws://${url.host}/rpc`,
    ['longhand.v1', `longhand.session.${session}`, `longhand.token.${token}`],
    { origin: url.origin },
  )
  await once(socket, 'open')
  // ws follows the browser's WebSocket in all that the link uses of it, but its event types are classes of its own.
  const standIn: unknown = socket
  const websocket = standIn as globalThis.WebSocket
  const link = new RPCLink<ClientContext>({ websocket, customJsonSerializers })
  return { client: createORPCClient(link), close: () => socket.terminate() }
}
