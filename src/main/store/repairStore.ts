import { existsSync, renameSync, rmSync } from 'node:fs'
import { z } from 'zod'
import type { Logger } from '../../shared/logger'
import { connect, type Store } from './connection'
import { closeStore, openStore } from './openStore'

/** In the order in which each only refers to those before it. Counts keep themselves by triggers. */
const tables: readonly { name: string; key: string }[] = [
  ...['datasets', 'labels', 'writers', 'sessions', 'models', 'samples'].map((name) => ({ name, key: 'id' })),
  ...['thumbnails', 'pictures', 'inks'].map((name) => ({ name, key: 'sample_id' })),
  { name: 'edits', key: 'id' },
]
/** Rows that are fetched together while nothing is wrong with them. */
const atOnce = 1024

const columnsSchema = z.array(z.object({ name: z.string() }))
const boundsSchema = z.object({ low: z.int().nullable(), high: z.int().nullable() })
const countSchema = z.object({ count: z.int() })

/**
 * Saves what can be read of a broken store into a new one, row by row where it must be. The broken file is kept as
 * `FILE.TIME.broken`; a sample whose picture is lost is lost, and what refers to lost rows is left out.
 */
export function repairStore(file: string, log: Logger): { samples: number; lost: number; broken: string } {
  const saved = `${file}.saved`
  const remove = (path: string): void =>
    ['', '-wal', '-shm', '.closed'].forEach((end) => rmSync(path + end, { force: true }))
  remove(saved)
  const target = openStore(saved, log)
  const source = connect(file)
  let lost = 0
  try {
    target.exec('PRAGMA foreign_keys = OFF')
    target.exec('DELETE FROM datasets')
    for (const { name, key } of tables) lost += copyTable(source, target, name, key)
    copyChanges(source, target)
    target.exec(`
      DELETE FROM samples WHERE id NOT IN (SELECT sample_id FROM thumbnails)
        OR label_id NOT IN (SELECT id FROM labels) OR dataset_id NOT IN (SELECT id FROM datasets);
      DELETE FROM samples WHERE has_ink = 1 AND id NOT IN (SELECT sample_id FROM inks);
      DELETE FROM thumbnails WHERE sample_id NOT IN (SELECT id FROM samples);
      DELETE FROM pictures WHERE sample_id NOT IN (SELECT id FROM samples);
      DELETE FROM inks WHERE sample_id NOT IN (SELECT id FROM samples);
      DELETE FROM edits WHERE id NOT IN (SELECT edit_id FROM changes);
      UPDATE meta SET revision = (SELECT count(*) + 1 FROM edits);
    `)
    const { count } = countSchema.parse(target.prepare('SELECT count(*) AS count FROM samples').get())
    source.close()
    closeStore(target, saved)
    const broken = `${file}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}.broken`
    for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, broken + end)
    renameSync(saved, file)
    log.info({ file, broken, samples: count, lost }, 'store repaired')
    return { samples: count, lost, broken }
  } finally {
    if (source.open) source.close()
    if (target.open) target.close()
    remove(saved)
  }
}

/** @returns how many rows could not be read */
function copyTable(source: Store, target: Store, name: string, key: string): number {
  const columns = columnsSchema.parse(target.pragma(`table_info(${name})`)).map((column) => column.name)
  const list = columns.join(', ')
  const read = source.prepare(`SELECT ${list} FROM ${name} WHERE ${key} BETWEEN ? AND ?`).raw()
  const insert = target.prepare(
    `INSERT OR REPLACE INTO ${name} (${list}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const { low, high } = boundsOf(source, name, key)
  let lost = 0
  const copy = (from: number, to: number): void => {
    if (from > to) return
    let rows: unknown[][]
    try {
      rows = read.all([from, to]) as unknown[][]
    } catch {
      if (from === to) {
        lost++
        return
      }
      const middle = Math.floor((from + to) / 2)
      copy(from, middle)
      copy(middle + 1, to)
      return
    }
    for (const row of rows) insert.run(row)
  }
  target.transaction(() => {
    for (let from = low; from <= high; from += atOnce) copy(from, Math.min(high, from + atOnce - 1))
  })()
  return lost
}

/** The journal as far as it can be read: a part of an edit would undo a part of it, so that a torn one is left out as a whole. */
function copyChanges(source: Store, target: Store): void {
  const { low, high } = boundsOf(source, 'edits', 'id')
  const read = source
    .prepare('SELECT edit_id, field, row_id, before, after FROM changes WHERE edit_id = ?')
    .raw()
  const insert = target.prepare(
    'INSERT INTO changes (edit_id, field, row_id, before, after) VALUES (?, ?, ?, ?, ?)',
  )
  for (let edit = low; edit <= high; edit++) {
    try {
      const rows = read.all([edit]) as unknown[][]
      target.transaction(() => rows.forEach((row) => insert.run(row)))()
    } catch {
      target.prepare('DELETE FROM edits WHERE id = ?').run([edit])
    }
  }
}

/** Where not even the ends can be read, every number that a row may have had is tried. */
function boundsOf(source: Store, name: string, key: string): { low: number; high: number } {
  try {
    const row = source.prepare(`SELECT min(${key}) AS low, max(${key}) AS high FROM ${name}`).get()
    const { low, high } = boundsSchema.parse(row)
    return { low: low ?? 0, high: high ?? -1 }
  } catch {
    return { low: 0, high: 2_000_000 }
  }
}
