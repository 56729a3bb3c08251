import { formatFilter, parseFilter } from '../../shared/samples/filterText'
import { sampleQuerySchema, type SampleFilter, type SampleQuery } from '../../shared/samples/sampleQuery'

export const sampleViews = ['grid', 'classes', 'writers', 'map', 'checks', 'collect'] as const
export type SampleView = (typeof sampleViews)[number]

/** What the Samples screen shows: a query's result in one of its views, and perhaps one sample's page. */
export interface SamplesAddress {
  readonly query: SampleQuery
  readonly view: SampleView
  readonly sample: number | null
}

/** The parameters that are not the filter's. */
const ownNames = ['dataset', 'sort', 'like', 'model', 'view', 'sample']

/**
 * `dataset=2&sort=-loss&view=classes&sample=7`, then the filter as formatFilter writes it. For likeness the sample and the model
 * in whose eyes they are alike: `sort=likeness&like=7&model=digits`.
 */
export function writeSamplesAddress({ query, view, sample }: SamplesAddress): string {
  const { filter, sort } = query
  const own: string[] = []
  if (filter.dataset !== undefined) own.push(`dataset=${filter.dataset}`)
  if (sort.by !== 'entry' || sort.descending) own.push(`sort=${sort.descending ? '-' : ''}${sort.by}`)
  if (sort.like) own.push(`like=${sort.like.sample}`, `model=${encodeURIComponent(sort.like.model)}`)
  if (view !== 'grid') own.push(`view=${view}`)
  if (sample !== null) own.push(`sample=${sample}`)
  return [...own, formatFilter(filter)].filter((part) => part !== '').join('&')
}

/** What cannot be understood is left out: an address may have been written by hand, or by another version. */
export function readSamplesAddress(text: string): SamplesAddress {
  const parts = text.split('&')
  const isOwn = (part: string) => ownNames.some((name) => part.startsWith(`${name}=`))
  const own = new URLSearchParams(parts.filter(isOwn).join('&'))
  const filter = parseFilter(parts.filter((part) => !isOwn(part)).join('&'))
  const dataset = idOf(own.get('dataset'))
  const query = sampleQuerySchema.safeParse({
    filter: { ...(typeof filter === 'string' ? {} : filter), ...(dataset === null ? {} : { dataset }) },
    sort: sortOf(own),
  })
  return {
    query: query.data ?? sampleQuerySchema.parse({}),
    view: sampleViews.find((view) => view === own.get('view')) ?? 'grid',
    sample: idOf(own.get('sample')),
  }
}

function sortOf(own: URLSearchParams) {
  const text = own.get('sort') ?? 'entry'
  const sort = { by: text.replace(/^-/, ''), descending: text.startsWith('-') }
  if (sort.by !== 'likeness') return sort
  const like = { sample: idOf(own.get('like')), model: own.get('model') }
  return like.sample === null || like.model === null ? undefined : { ...sort, like }
}

function idOf(text: string | null): number | null {
  const id = Number(text)
  return Number.isInteger(id) && id > 0 ? id : null
}

/** Whether a filter leaves anything out, beside the data set that it names. */
export function isNarrowed(filter: SampleFilter): boolean {
  return Object.entries(filter).some(([name, value]) => name !== 'dataset' && value !== undefined)
}
