import type { WireError } from '../../../shared/errors/appError'
import type { EngineContract } from '../contract'

export type EngineMethod = keyof EngineContract

/** What the main process sends. Ids are the main process's own and never used twice for one engine process. */
export type HostFrame =
  | { readonly kind: 'request'; readonly id: number; readonly method: EngineMethod; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** End everything and leave. */
  | { readonly kind: 'stop' }

/** What an engine process answers: any number of events, then one result or one error. */
export type EngineFrame =
  | { readonly kind: 'event'; readonly id: number; readonly event: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }

/** The engine process's end of the line. */
export interface EnginePort {
  send(frame: EngineFrame): void
  onMessage(listener: (frame: unknown) => void): void
  /** Ends the process; called after everything in it was stopped. */
  close?(): void
}
