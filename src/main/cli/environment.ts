import type { Readable } from 'node:stream'
import type { SpawnEngine } from '../engineProcess/host/engineProcessHandle'
import type { Logger } from '../../shared/logger'

/** What the command line finds around it. main.ts fills it from the process, a test from what it needs. */
export interface Environment {
  /** The folder of the built program, `out/main`. */
  programFolder: string
  dataFolder: string
  createSpawnEngine(log: Logger): SpawnEngine
  /** The folder in which the user typed the command: paths are relative to it. */
  userFolder: string
  stdin: Readable & { isTTY?: boolean }
  /** Takes results, and nothing else. */
  stdout: NodeJS.WritableStream
  /** Takes progress, and one line where something is wrong. */
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
  variables: NodeJS.ProcessEnv
  /** Aborted by the first Ctrl-C. */
  interrupted: AbortSignal
}
