import { z } from 'zod'
import type { Store } from './connection'

const rowSchema = z.object({ revision: z.int() })

/** A number that goes up with every change that shows, whichever process made it. */
export function readRevision(store: Store): number {
  return rowSchema.parse(store.prepare('SELECT revision FROM meta').get()).revision
}

/** Within the transaction of the change. */
export function raiseRevision(store: Store): void {
  store.prepare('UPDATE meta SET revision = revision + 1').run()
}
