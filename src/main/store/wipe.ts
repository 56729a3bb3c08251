import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { personalSources, sampleSourceSchema } from '../../shared/samples/sampleQuery'
import { sampleFields, trashDataset } from './journal'
import { raiseRevision } from './revision'
import { forgetNames, inTransaction, type StoreContext } from './storeContext'

/**
 * Deletes all samples that the user's own hand made, for good: with their entries in the journal, with whatever else was taken
 * out, with labels, writers and sessions that no sample has any more, and with earlier copies of the store. The file is then
 * written anew and its write-ahead log emptied, so that no byte of them is left.
 *
 * @returns how many there were
 */
export async function wipePersonal(context: StoreContext, file: string): Promise<number> {
  const { store } = context
  const personal = personalSources.map((source) => sampleSourceSchema.options.indexOf(source)).join(', ')
  store.exec('PRAGMA secure_delete = ON')
  // Names are only deleted where no sample has them; the check would look through all samples for each.
  store.exec('PRAGMA foreign_keys = OFF')
  try {
    const wiped = inTransaction(context, () => {
      const chosen = `SELECT id FROM samples WHERE source IN (${personal}) OR dataset_id = ${trashDataset}`
      for (const table of ['thumbnails', 'pictures', 'inks', 'embeddings']) {
        store.prepare(`DELETE FROM ${table} WHERE sample_id IN (${chosen})`).run()
      }
      store.prepare(`DELETE FROM changes WHERE field IN (${sampleFields}) AND row_id IN (${chosen})`).run()
      // They name samples and their labels, and can be had again.
      for (const table of ['audits', 'maps']) store.prepare(`DELETE FROM ${table}`).run()
      const own = `DELETE FROM samples WHERE source IN (${personal})`
      store
        .prepare(`DELETE FROM samples WHERE dataset_id = ${trashDataset} AND source NOT IN (${personal})`)
        .run()
      const { changes } = store.prepare(own).run()
      // An edit's detail may be a label or a writer, and an edit without its changes cannot be undone.
      store
        .prepare(
          `DELETE FROM edits WHERE kind IN ('add', 'relabel', 'writer', 'remove')
           OR NOT EXISTS (SELECT 1 FROM changes WHERE edit_id = edits.id)`,
        )
        .run()
      store.prepare('DELETE FROM changes WHERE edit_id NOT IN (SELECT id FROM edits)').run()
      store.prepare('DELETE FROM facet_counts WHERE count = 0').run()
      deleteUnusedNames(context)
      raiseRevision(store)
      return changes
    })
    store.exec('VACUUM')
    store.pragma('wal_checkpoint(TRUNCATE)')
    await deleteCopies(file)
    return wiped
  } finally {
    forgetNames(context)
    store.exec('PRAGMA foreign_keys = ON')
  }
}

function deleteUnusedNames({ store }: StoreContext): void {
  const users = {
    labels: ['label_id', 'first_label_id', 'predicted_id'],
    writers: ['writer_id'],
    sessions: ['session_id'],
    models: ['model_id'],
  }
  for (const [table, columns] of Object.entries(users)) {
    const used = columns.map((column) => `SELECT ${column} FROM samples WHERE ${column} IS NOT NULL`)
    const inJournal = columns.flatMap((column) =>
      ['before', 'after'].map(
        (side) => `SELECT ${side} FROM changes WHERE field = '${column}' AND ${side} IS NOT NULL`,
      ),
    )
    const ofEmbeddings = table === 'models' ? ['SELECT model_id FROM embedding_models'] : []
    const all = [...used, ...inJournal, ...ofEmbeddings].join(' UNION ')
    store.prepare(`DELETE FROM ${table} WHERE id NOT IN (${all})`).run()
  }
}

/** Backups of earlier versions and what a repair kept hold the same samples. */
async function deleteCopies(file: string): Promise<void> {
  const folder = dirname(file)
  const name = basename(file)
  const copies = (await readdir(folder)).filter(
    (each) => each.startsWith(`${name}.`) && /\.(backup|broken)(-wal|-shm)?$/.test(each),
  )
  await Promise.all(copies.map((copy) => rm(join(folder, copy), { force: true })))
}
