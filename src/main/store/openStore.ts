import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import { connect, type Store } from './connection'
import { migrations as allMigrations, type Migration } from './migrations'

const checkSchema = z.array(z.object({ quick_check: z.string() }))
const versionSchema = z.tuple([z.object({ user_version: z.int() })])

/**
 * Opens the store, making it or bringing it up to date first. It is checked before anything is written, and an existing
 * one is copied to `FILE.vN-TIME.backup` before the step that takes it beyond version N.
 *
 * @throws AppError 'store-broken' where it is damaged, is no store, was made by a newer Longhand or cannot be opened
 */
export function openStore(
  file: string,
  log: Logger,
  migrations: readonly Migration[] = allMigrations,
): Store {
  let store: Store | null = null
  try {
    mkdirSync(dirname(file), { recursive: true })
    const unchecked = needsCheck(file)
    store = connect(file)
    if (unchecked) checkIntegrity(store)
    store.pragma('journal_mode = WAL')
    migrate(store, file, log, migrations)
    return store
  } catch (error) {
    store?.close()
    log.error({ file, error }, 'the store cannot be opened')
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('store-broken', { file, detail }, { cause: error })
  }
}

/** A small store is looked through each time; a large one, which takes seconds, where it was not closed in good order. */
const smallBytes = 64 * 2 ** 20
const closedMark = (file: string): string => `${file}.closed`

function needsCheck(file: string): boolean {
  const closed = existsSync(closedMark(file))
  // Gone for as long as it is open.
  rmSync(closedMark(file), { force: true })
  return !closed || statSync(file).size < smallBytes
}

/** Closes it in good order. */
export function closeStore(store: Store, file: string): void {
  if (!store.open) return
  // The binding leaves that to whoever opens it next.
  store.pragma('wal_checkpoint(TRUNCATE)')
  store.close()
  writeFileSync(closedMark(file), '')
}

function checkIntegrity(store: Store): void {
  const problems = checkSchema
    .parse(store.pragma('quick_check'))
    .map((row) => row.quick_check)
    .filter((answer) => answer !== 'ok')
  if (problems.length > 0) throw new Error(problems.slice(0, 3).join('; '))
}

/**
 * Joins a store that another process may have open. It is only made, or brought up to date, where that was not done yet.
 * @throws AppError 'store-broken'
 */
export function joinStore(file: string, log: Logger): Store {
  if (existsSync(file)) {
    let store: Store | null = null
    try {
      store = connect(file)
      if (versionOf(store) === allMigrations.length) return store
    } catch (error) {
      log.error({ file, error }, 'the store cannot be joined')
    }
    // Whatever is wrong, if anything is, is told by who opens it with a check.
    store?.close()
  }
  return openStore(file, log)
}

function versionOf(store: Store): number {
  const [{ user_version: version }] = versionSchema.parse(store.pragma('user_version'))
  return version
}

function migrate(store: Store, file: string, log: Logger, migrations: readonly Migration[]): void {
  const found = versionOf(store)
  if (found > migrations.length) {
    throw new Error(`it was made by a newer version of Longhand (store version ${found})`)
  }
  for (const [index, step] of migrations.entries()) {
    if (index < found) continue
    if (found > 0) backUp(store, `${file}.v${index}`, log)
    // user_version lies in the file's header, so it is part of the transaction: a step is done and counted, or neither.
    const done = store
      .transaction(() => {
        // Another process may have been faster.
        if (versionOf(store) > index) return false
        if (typeof step === 'string') store.exec(step)
        else step(store)
        store.exec(`PRAGMA user_version = ${index + 1}`)
        return true
      })
      .immediate()
    if (done) log.info({ file, version: index + 1 }, 'store brought up to date')
  }
}

/** The time is part of the name, since a copy of an earlier, failed attempt at the same step is kept too. */
function backUp(store: Store, versioned: string, log: Logger): void {
  const backup = `${versioned}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.backup`
  store.prepare('VACUUM INTO ?').run(backup)
  log.info({ backup }, 'store backed up')
}
