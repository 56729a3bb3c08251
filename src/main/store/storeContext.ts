import { Names } from './names'
import type { Store } from './connection'

/** An open store with what is remembered of it. */
export interface StoreContext {
  readonly store: Store
  readonly labels: Names
  readonly writers: Names
  readonly sessions: Names
  readonly models: Names
}

export function createStoreContext(store: Store): StoreContext {
  return {
    store,
    labels: new Names(store, 'labels'),
    writers: new Names(store, 'writers'),
    sessions: new Names(store, 'sessions'),
    models: new Names(store, 'models'),
  }
}

/** Does all of it, or nothing. Takes the store's only right to write first, for which it waits where another process has it. */
export function inTransaction<Result>(context: StoreContext, work: () => Result): Result {
  try {
    return context.store.transaction(work).immediate()
  } catch (error) {
    forgetNames(context)
    throw error
  }
}

export function forgetNames({ labels, writers, sessions, models }: StoreContext): void {
  for (const names of [labels, writers, sessions, models]) names.forget()
}
