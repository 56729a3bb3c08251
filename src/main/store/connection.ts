import Database from 'libsql'

/** An open connection to a store's file. */
export type Store = Database.Database

/** How long a connection waits for another process's transaction. */
const busyMs = 30_000

/** Connects to a store that openStore.ts has brought up to date, or to a new file. */
export function connect(file: string): Store {
  const store = new Database(file)
  store.pragma(`busy_timeout = ${busyMs}`)
  store.pragma('foreign_keys = ON')
  // What is acknowledged outlives a killed process with any of them; a machine that loses its power, only with FULL.
  store.pragma('synchronous = FULL')
  return store
}
