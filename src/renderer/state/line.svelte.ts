import type { AppError } from '../../shared/errors/appError'
import type { Connection } from '../client/connection'

/** Whether the connection to the services stands. The connection itself sees to it that it comes back. */
export class Line {
  /** Why it is down; null while it is up. */
  error = $state.raw<AppError | null>(null)
  /** Counts up each time it is up again, for what is to be asked anew. */
  restorations = $state(0)

  constructor(connection: Pick<Connection, 'onLost' | 'onRestored'>) {
    connection.onLost((error) => {
      this.error = error
    })
    connection.onRestored(() => {
      this.error = null
      this.restorations++
    })
  }
}
