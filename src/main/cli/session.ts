import { join } from 'node:path'
import type { Client } from '../../shared/contract/client'
import type { Logger } from '../../shared/logger'
import { createErrorLog } from '../log'
import { createInProcessClient } from '../services/inProcessClient'
import { createServices, type Services } from '../services/createServices'
import type { Environment } from './environment'
import { quote } from './quote'
import { longhandVersion } from './version'

/** What a command works with: its surroundings, and the services, which start nothing until they are asked. */
export interface Session {
  readonly environment: Environment
  readonly client: Client
  /** The command line as it was typed, for a model's card. */
  readonly command: string
  /** Writes a line of the result. */
  readonly print: (line: string) => void
  /** Writes a line for the user beside the result. */
  readonly tell: (line: string) => void
  /** Services that write to another log, for a command that runs on. They are closed with the session, if not before. */
  readonly openServices: (log: Logger, dataFolder?: string) => Services
}

/** Opens a session, does a command's work with it, notes the exit code that the work gives, and closes it. */
export type RunCommand = (work: (session: Session) => Promise<number>) => Promise<void>

export interface OpenSession extends Session {
  close(): Promise<void>
}

export function openSession(
  environment: Environment,
  args: readonly string[],
  verbose: boolean,
): OpenSession {
  const opened: Services[] = []
  const openServices = (log: Logger, dataFolder = environment.dataFolder): Services => {
    const services = createServices({
      dataFolder,
      resourcesFolder: join(environment.programFolder, '../../resources'),
      spawnEngine: environment.createSpawnEngine(log),
      log,
      longhandVersion,
      electronVersion: null,
    })
    opened.push(services)
    return services
  }
  return {
    environment,
    client: createInProcessClient(openServices(createErrorLog(verbose ? 'debug' : 'silent')).router),
    command: quote(['longhand', ...args]),
    print: (line) => void environment.stdout.write(`${line}\n`),
    tell: (line) => void environment.stderr.write(`${line}\n`),
    openServices,
    close: async () => {
      await Promise.all(opened.map((services) => services.close()))
    },
  }
}
