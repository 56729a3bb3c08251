import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { sampleFields, trashDataset } from './journal'
import type { Store } from './connection'
import { LockHeldError, takeLock } from './lockFile'

/** Samples that are deleted in one transaction: a few milliseconds. */
const atOnce = 500
/** Edits that can be undone. */
const keptEdits = 1000
const datasetsSchema = z.array(z.object({ id: z.int() }))

/** An import holds this lock for as long as it runs, in whichever process. */
export const importLockFile = (storeFile: string): string => `${storeFile}.import.lock`

/**
 * Deletes what nothing can bring back any more: what killed imports left, removed data sets and samples that no edit knows,
 * and the oldest edits. In short transactions, between which other work gets its turn.
 */
export async function purge(store: Store, file: string, isClosed: () => boolean): Promise<void> {
  store
    .prepare(
      `DELETE FROM edits WHERE id <= (SELECT id FROM edits ORDER BY id DESC LIMIT 1 OFFSET ${keptEdits})`,
    )
    .run()
  await purgeKilledImports(store, file, isClosed)
  const forgotten = datasetsSchema.parse(
    store
      .prepare(
        `SELECT id FROM datasets WHERE state = 'removed' AND kind = 'other'
         AND NOT EXISTS (SELECT 1 FROM changes WHERE row_id = datasets.id AND field = 'state')`,
      )
      .all(),
  )
  for (const { id } of forgotten) await deleteDataset(store, id, isClosed)
  const unknown = `dataset_id = ${trashDataset} AND NOT EXISTS
    (SELECT 1 FROM changes WHERE row_id = samples.id AND field = 'dataset_id')`
  await deleteInTurns(store, unknown, isClosed)
}

async function purgeKilledImports(store: Store, file: string, isClosed: () => boolean): Promise<void> {
  let release: () => Promise<void>
  try {
    release = await takeLock(importLockFile(file))
  } catch (error) {
    // One that is running clears up after itself.
    if (error instanceof LockHeldError) return
    throw error
  }
  try {
    if (isClosed()) return
    const killed = datasetsSchema.parse(
      store.prepare("SELECT id FROM datasets WHERE state = 'importing'").all(),
    )
    for (const { id } of killed) await deleteDataset(store, id, isClosed)
  } finally {
    await release()
  }
}

/** Deletes a data set that nobody sees, with its samples. */
export async function deleteDataset(store: Store, id: number, isClosed: () => boolean): Promise<void> {
  await deleteInTurns(store, `dataset_id = ${id}`, isClosed)
  if (isClosed()) return
  store
    .transaction(() => {
      store.prepare('DELETE FROM facet_counts WHERE dataset_id = ?').run([id])
      store.prepare('DELETE FROM datasets WHERE id = ?').run([id])
    })
    .immediate()
}

async function deleteInTurns(store: Store, condition: string, isClosed: () => boolean): Promise<void> {
  for (;;) {
    await nextTurn()
    if (isClosed()) return
    const deleted = store
      .transaction(() => {
        const chosen = `SELECT id FROM samples WHERE ${condition} LIMIT ${atOnce}`
        store.prepare(`DELETE FROM changes WHERE field IN (${sampleFields}) AND row_id IN (${chosen})`).run()
        return store.prepare(`DELETE FROM samples WHERE id IN (${chosen})`).run().changes
      })
      .immediate()
    if (deleted === 0) return
  }
}
