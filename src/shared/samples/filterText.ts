import { sampleFilterSchema, type SampleFilter } from './sampleQuery'

/** The fields of a filter's text; see parseFilter. */
const lists = {
  label: 'labels',
  split: 'splits',
  writer: 'writers',
  session: 'sessions',
  source: 'sources',
  predicted: 'predicted',
} as const
const flags = ['corrected', 'flagged', 'reviewed', 'right'] as const

/** One `name=value` after the other, as an address has them after its question mark. */
type Pairs = readonly (readonly [name: string, value: string])[]

/**
 * Reads a filter as it is written in addresses, after `--filter` and in `dataset:NAME?FILTER`:
 * `label=3&label=8&split=test&writer=w7&corrected=true&right=false&confidence=0.2..0.9&from=2026-01-31&to=...`. A name that comes
 * more than once means any of its values; `writer=` means nobody known; `+` and `%XX` are as in addresses.
 *
 * @returns what is wrong, in words, where it is none
 */
export function parseFilter(text: string): SampleFilter | string {
  const found: Record<string, unknown> = {}
  for (const [name, value] of pairsOf(text)) {
    const list = Object.entries(lists).find(([known]) => known === name)?.[1]
    if (list) {
      const item = name === 'writer' && value === '' ? null : value
      found[list] = [...((found[list] as unknown[] | undefined) ?? []), item]
    } else if (flags.some((flag) => flag === name)) {
      if (value !== 'true' && value !== 'false') return `${name} is true or false`
      found[name] = value === 'true'
    } else if (name === 'from' || name === 'to') {
      const instant = Date.parse(value)
      if (Number.isNaN(instant)) return `${name}=${value} is no date`
      found[name] = instant
    } else if (name === 'confidence') {
      const [, from, to] = /^([\d.]*)\.\.([\d.]*)$/.exec(value) ?? []
      if (from === undefined || to === undefined) return 'confidence is a range such as 0.2..0.9'
      found.confidence = { from: Number(from || 0), to: Number(to || 1) }
    } else return `there is no field ${name}`
  }
  const filter = sampleFilterSchema.safeParse(found)
  if (filter.success) return filter.data
  const [issue] = filter.error.issues
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
}

/** Writes a filter so that parseFilter reads it again; the data set, which has its own place, is left out. */
export function formatFilter(filter: SampleFilter): string {
  const pairs: [string, string][] = []
  for (const [name, field] of Object.entries(lists)) {
    for (const value of filter[field] ?? []) pairs.push([name, value ?? ''])
  }
  for (const flag of flags) if (filter[flag] !== undefined) pairs.push([flag, String(filter[flag])])
  const { from, to, confidence } = filter
  if (from !== undefined) pairs.push(['from', new Date(from).toISOString()])
  if (to !== undefined) pairs.push(['to', new Date(to).toISOString()])
  if (confidence) pairs.push(['confidence', `${confidence.from}..${confidence.to}`])
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

function pairsOf(text: string): Pairs {
  return text
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0
        ? ([pair, ''] as const)
        : ([pair.slice(0, equals), decode(pair.slice(equals + 1))] as const)
    })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // Not encoded, such as a label that is a percent sign.
    return text
  }
}
