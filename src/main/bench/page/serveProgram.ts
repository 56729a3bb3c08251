import { createORPCClient, type ClientContext } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import type { Client } from '../../../shared/contract/client'
import { customJsonSerializers } from '../../../shared/contract/serializers'

export interface ServedProgram {
  readonly client: Client
  /** Of the main process; its engine processes are its children. */
  readonly pid: number
  end(): Promise<void>
}

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

/** Starts it, and speaks with it as its page does, over the WebSocket. */
export async function serveProgram(programFolder: string, dataFolder: string): Promise<ServedProgram> {
  const program = await startProgram(programFolder, dataFolder)
  const { url, pid } = program
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? ''
  const session = randomBytes(32).toString('base64url')
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
  return {
    client: createORPCClient(link),
    pid,
    async end() {
      await program.end()
      socket.terminate()
    },
  }
}
