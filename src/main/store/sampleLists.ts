import type { SampleFilter, SampleQuery } from '../../shared/samples/sampleQuery'
import type { ChangedField } from './journal'
import type { Store } from './connection'
import { readRevision } from './revision'
import { listSamples, type SampleList } from './sampleList'

/** A query's result: any range of it costs the same. */
export interface QueryResult {
  readonly total: number
  /** The ids of a range; fewer where the result ends. */
  range(offset: number, count: number): Uint32Array
  /** Where each of the ids stands; null for those that are not in the result. */
  locate(ids: readonly number[]): (number | null)[]
}

/** 4 MB each for a million samples. */
const mostLists = 8

/** What each field of a filter looks at. What decides on a data set concerns every list. */
const looksAt: Readonly<Partial<Record<keyof SampleFilter, readonly ChangedField[]>>> = {
  labels: ['label_id'],
  right: ['label_id'],
  splits: ['split'],
  writers: ['writer_id'],
  corrected: ['corrected'],
  flagged: ['flagged'],
  reviewed: ['reviewed'],
}
const ofMembership: readonly ChangedField[] = ['dataset_id', 'state']

/** The results of the last queries, kept until a change concerns them. */
export class SampleLists {
  readonly #store: Store
  /** The one that was used last comes last. */
  readonly #lists = new Map<string, { list: SampleList; fields: ReadonlySet<ChangedField> }>()
  #revision = 0

  constructor(store: Store) {
    this.#store = store
  }

  query({ filter, sort }: SampleQuery): QueryResult {
    const revision = readRevision(this.#store)
    // Another process changed something: it is not known what.
    if (revision !== this.#revision) this.#lists.clear()
    this.#revision = revision
    const key = JSON.stringify([sort.by, sort.like, Object.entries(filter).sort()])
    const found = this.#lists.get(key)?.list
    const list = found ?? listSamples(this.#store, filter, sort)
    this.#lists.delete(key)
    this.#lists.set(key, { list, fields: fieldsOf(filter, sort.by) })
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= mostLists) break
      this.#lists.delete(oldest)
    }
    return resultOf(list, sort.descending)
  }

  /** This process changed these fields, and raised the revision by one. */
  changed(fields: readonly ChangedField[]): void {
    const revision = readRevision(this.#store)
    if (revision !== this.#revision + 1) return this.clear()
    this.#revision = revision
    for (const [key, list] of this.#lists) {
      if (fields.some((field) => list.fields.has(field))) this.#lists.delete(key)
    }
  }

  clear(): void {
    this.#lists.clear()
  }
}

function fieldsOf(filter: SampleFilter, by: SampleQuery['sort']['by']): ReadonlySet<ChangedField> {
  const fields = new Set(ofMembership)
  for (const [field, value] of Object.entries(filter)) {
    if (value !== undefined) for (const each of looksAt[field as keyof SampleFilter] ?? []) fields.add(each)
  }
  if (by === 'label') fields.add('label_id')
  return fields
}

function resultOf({ sorted, rest }: SampleList, descending: boolean): QueryResult {
  const total = sorted.length + rest.length
  const at = (offset: number): number => {
    if (offset >= sorted.length) return rest[offset - sorted.length] ?? 0
    return sorted[descending ? sorted.length - 1 - offset : offset] ?? 0
  }
  return {
    total,
    range: (offset, count) => {
      const length = Math.max(0, Math.min(count, total - offset))
      return Uint32Array.from({ length }, (_, index) => at(offset + index))
    },
    locate: (ids) =>
      ids.map((id) => {
        const place = sorted.indexOf(id)
        if (place >= 0) return descending ? sorted.length - 1 - place : place
        const after = rest.indexOf(id)
        return after < 0 ? null : sorted.length + after
      }),
  }
}
