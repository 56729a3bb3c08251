/** One end of a range: a component, and a point of it where not all of it is meant. */
interface Bound {
  readonly component: number
  readonly point: number | null
}

/** A labelled part of a file. */
export interface Segment {
  readonly label: string
  /** Null where it means the components that follow it, up to the next segment. */
  readonly ranges: readonly { readonly from: Bound; readonly to: Bound }[] | null
}

/** The levels of the hierarchy that are single characters. */
const characterLevels = /^(CHARACTER|CHAR|DIGIT|LETTER|SYMBOL)$/i
const range = /^(\d{1,9})(?::(\d{1,9}))?(?:-(\d{1,9})(?::(\d{1,9}))?)?$/

/**
 * Reads the arguments of .SEGMENT: level, components, quality, label.
 *
 * @returns null for what is no character, has no label, or was marked BAD; what is wrong, in words, for what is no segment
 */
export function parseSegment(text: string): Segment | string | null {
  const [, level = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(text) ?? []
  if (!characterLevels.test(level)) return null
  const opening = rest.indexOf('"')
  const closing = rest.lastIndexOf('"')
  if (opening < 0) return null
  if (closing === opening) return 'the label has no closing quote'
  const label = rest.slice(opening + 1, closing).replace(/\\(.)/gs, '$1')
  const [first, second] = rest.slice(0, opening).trim().split(/\s+/)
  const hasRanges = first !== undefined && /^\d/.test(first)
  if ((hasRanges ? second : first)?.toUpperCase() === 'BAD') return null
  if (!hasRanges) return { label, ranges: null }
  const ranges = first.split(',').map(parseRange)
  if (ranges.some((each) => each === null)) return `"${first.slice(0, 40)}" names no components`
  return { label, ranges: ranges.flatMap((each) => each ?? []) }
}

function parseRange(text: string): { from: Bound; to: Bound } | null {
  const match = range.exec(text)
  if (!match) return null
  const [, component = '', point, last, lastPoint] = match
  const number = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))
  const from = { component: Number(component), point: number(point) }
  // A component alone is all of it; with a point it is that point.
  const to = last === undefined ? from : { component: Number(last), point: number(lastPoint) }
  return { from, to }
}
