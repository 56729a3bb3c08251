import { z } from 'zod'
import { auditSchema, type Audit, type KeptAudit } from '../../shared/samples/audit'
import type { Store } from './connection'

const rowSchema = z
  .object({ at: z.number(), audit: z.string() })
  .transform(({ at, audit }): KeptAudit => ({ atMs: at, audit: auditSchema.parse(JSON.parse(audit)) }))

/** Keeps what an audit of a whole data set found, in place of the one before. */
export function keepAudit(store: Store, dataset: number, audit: Audit): void {
  store
    .prepare('INSERT OR REPLACE INTO audits (dataset_id, at, audit) VALUES (?, ?, ?)')
    .run([dataset, Date.now(), JSON.stringify(audit)])
}

/** The last audit of a data set; null where there was none. */
export function readAudit(store: Store, dataset: number): KeptAudit | null {
  return (
    rowSchema
      .optional()
      .parse(store.prepare('SELECT at, audit FROM audits WHERE dataset_id = ?').get([dataset])) ?? null
  )
}
