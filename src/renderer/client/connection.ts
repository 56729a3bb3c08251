import type { Client } from '../../shared/contract/client'
import type { AppError } from '../../shared/errors/appError'

/** The page's line to the services. */
export interface Connection {
  readonly client: Client
  readonly shell: 'electron' | 'browser'
  /**
   * Called each time the line is lost: with 'connection-lost' while it is being built up again, or with 'access-denied'
   * where that cannot succeed. Calls that were under way reject by themselves. Returns the way to stop listening.
   */
  onLost(listener: (error: AppError) => void): () => void
  /** Called when a lost line is up again, through the same client. What streamed before has to be asked for again. */
  onRestored(listener: () => void): () => void
}
