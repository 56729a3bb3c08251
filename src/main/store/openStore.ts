import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import { migrations as allMigrations } from './migrations'

export type Store = Database.Database

const checkSchema = z.array(z.object({ quick_check: z.string() }))
const versionSchema = z.tuple([z.object({ user_version: z.int() })])

/**
 * Opens the store, making it or bringing it up to date first. It is checked before anything is written, and an existing
 * one is copied to `FILE.vN-TIME.backup` before the step that takes it beyond version N.
 *
 * @throws AppError 'store-broken' where it is damaged, is no store, was made by a newer Longhand or cannot be opened
 */
export function openStore(file: string, log: Logger, migrations: readonly string[] = allMigrations): Store {
  let store: Store | null = null
  try {
    mkdirSync(dirname(file), { recursive: true })
    store = new Database(file)
    store.pragma('busy_timeout = 5000')
    checkIntegrity(store)
    store.pragma('journal_mode = WAL')
    store.pragma('foreign_keys = ON')
    migrate(store, file, log, migrations)
    return store
  } catch (error) {
    store?.close()
    log.error({ file, error }, 'the store cannot be opened')
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('store-broken', { file, detail }, { cause: error })
  }
}

function checkIntegrity(store: Store): void {
  const problems = checkSchema
    .parse(store.pragma('quick_check'))
    .map((row) => row.quick_check)
    .filter((answer) => answer !== 'ok')
  if (problems.length > 0) throw new Error(problems.slice(0, 3).join('; '))
}

function migrate(store: Store, file: string, log: Logger, migrations: readonly string[]): void {
  const [{ user_version: found }] = versionSchema.parse(store.pragma('user_version'))
  if (found > migrations.length) {
    throw new Error(`it was made by a newer version of Longhand (store version ${found})`)
  }
  for (const [index, step] of migrations.entries()) {
    if (index < found) continue
    if (found > 0) backUp(store, `${file}.v${index}`, log)
    // user_version lies in the file's header, so it is part of the transaction: a step is done and counted, or neither.
    store.transaction(() => {
      store.exec(step)
      store.exec(`PRAGMA user_version = ${index + 1}`)
    })()
    log.info({ file, version: index + 1 }, 'store brought up to date')
  }
}

/** The time is part of the name, since a copy of an earlier, failed attempt at the same step is kept too. */
function backUp(store: Store, versioned: string, log: Logger): void {
  const backup = `${versioned}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.backup`
  store.prepare('VACUUM INTO ?').run(backup)
  log.info({ backup }, 'store backed up')
}
