import type { Connection } from '../client/connection'
import type { App } from './app'

/** What a page is made of once it is connected. */
export type Started = Pick<App, 'texts' | 'settings' | 'appearance' | 'toasts' | 'report'> & {
  connection: Connection
}
