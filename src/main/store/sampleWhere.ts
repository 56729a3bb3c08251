import type { SampleFilter } from '../../shared/samples/sampleQuery'
import { sampleSourceSchema, splitSchema } from '../../shared/samples/sampleQuery'

export interface Where {
  /** For the table `samples`. */
  readonly sql: string
  readonly parameters: (string | number)[]
}

/** A condition on one field of a filter, or null where it is not given. */
type Condition = { sql: string; parameters?: (string | number)[] } | null

const flag = (column: string, wanted: boolean | undefined): Condition =>
  wanted === undefined ? null : { sql: `samples.${column} = ${wanted ? 1 : 0}` }

const named = (column: string, table: string, texts: readonly (string | null)[] | undefined): Condition => {
  if (!texts) return null
  const known = texts.filter((text) => text !== null)
  const orNull = known.length < texts.length ? ` OR samples.${column} IS NULL` : ''
  return {
    sql: `(samples.${column} IN (SELECT id FROM ${table} WHERE text IN (SELECT value FROM json_each(?)))${orNull})`,
    parameters: [JSON.stringify(known)],
  }
}

const numbered = (
  column: string,
  values: readonly string[] | undefined,
  known: readonly string[],
): Condition =>
  values ? { sql: `samples.${column} IN (${values.map((value) => known.indexOf(value)).join(',')})` } : null

/** The field of a filter that a facet counts; it is left out of the facet's own counts. */
export type FilterField = Exclude<keyof SampleFilter, 'dataset'>

/** What a filter asks of a sample, as SQL. Samples of data sets that are not ready fit no filter. */
export function whereOf(filter: SampleFilter, without?: FilterField): Where {
  const { confidence, right, from, to } = filter
  const conditions: Record<FilterField, Condition> = {
    labels: named('label_id', 'labels', filter.labels),
    splits: numbered('split', filter.splits, splitSchema.options),
    writers: named('writer_id', 'writers', filter.writers),
    sessions: named('session_id', 'sessions', filter.sessions),
    sources: numbered('source', filter.sources, sampleSourceSchema.options),
    from: from === undefined ? null : { sql: 'samples.created_at >= ?', parameters: [from] },
    to: to === undefined ? null : { sql: 'samples.created_at < ?', parameters: [to] },
    corrected: flag('corrected', filter.corrected),
    flagged: flag('flagged', filter.flagged),
    reviewed: flag('reviewed', filter.reviewed),
    predicted: named('predicted_id', 'labels', filter.predicted),
    right:
      right === undefined ? null : { sql: `samples.predicted_id ${right ? '=' : '<>'} samples.label_id` },
    confidence: confidence
      ? { sql: 'samples.confidence BETWEEN ? AND ?', parameters: [confidence.from, confidence.to] }
      : null,
  }
  const dataset: Condition =
    filter.dataset === undefined
      ? { sql: "samples.dataset_id IN (SELECT id FROM datasets WHERE state = 'ready')" }
      : {
          sql: "samples.dataset_id = (SELECT id FROM datasets WHERE id = ? AND state = 'ready')",
          parameters: [filter.dataset],
        }
  const given = [
    dataset,
    ...Object.entries(conditions).map(([field, condition]) => (field === without ? null : condition)),
  ].filter((condition) => condition !== null)
  return {
    sql: given.map(({ sql }) => sql).join(' AND '),
    parameters: given.flatMap(({ parameters }) => parameters ?? []),
  }
}

/** Whether a filter asks for nothing but a data set. */
export function isWhole(filter: SampleFilter): boolean {
  return Object.entries(filter).every(([field, value]) => field === 'dataset' || value === undefined)
}
