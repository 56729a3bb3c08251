import type { Point } from '../../../shared/ink/ink'
import { parseSegment, type Segment } from './segment'

const mostPoints = 5_000_000
const mostSegments = 1_000_000
/** Points that all segments together may name: they could name the same ones for ever. */
const mostNamed = 4 * mostPoints

/** What the pen did between two changes of it; those without a point are not counted by segments. */
interface Component {
  readonly down: boolean
  readonly writer: string | null
  readonly points: Point[]
}

interface FoundSegment<Place> extends Segment {
  /** Its number among all segments, those that are no characters too. */
  readonly order: number
  readonly place: Place
}

export interface UnipenCharacter<Place> {
  readonly label: string
  readonly writer: string | null
  readonly strokes: Point[][]
  readonly place: Place
}

/**
 * Reads UNIPEN 1.0 (Guyon et al. 1994) line by line. Components are numbered from 0, pen-down and pen-up alike, where they have
 * points; y grows upwards there, and downwards in what comes out. `Place` is whatever names a line in errors.
 */
export class UnipenReader<Place> {
  #keyword = ''
  /** Columns of x, y and time in a point, and how many there are. */
  #columns = { x: 0, y: 1, time: -1, count: 2 }
  #writer: string | null = null
  #numbers: number[] = []
  #current: Component | null = null
  #points = 0
  readonly #components: Component[] = []
  readonly #segments: FoundSegment<Place>[] = []
  /** For each segment, the component that came next when it was read. */
  readonly #starts: number[] = []
  #named = 0

  /** @throws Error where the line is none of the format */
  read(line: string, place: Place): void {
    if (!line.startsWith('.')) {
      if (this.#keyword === 'PEN_DOWN' || this.#keyword === 'PEN_UP') this.#addNumbers(line)
      return
    }
    const [, keyword = '', rest = ''] = /^\.(\S*)\s*(.*)$/s.exec(line) ?? []
    this.#endComponent()
    this.#keyword = keyword.toUpperCase()
    if (this.#keyword === 'PEN_DOWN' || this.#keyword === 'PEN_UP') {
      this.#current = { down: this.#keyword === 'PEN_DOWN', writer: this.#writer, points: [] }
      this.#addNumbers(rest)
    } else if (this.#keyword === 'COORD') this.#setColumns(rest)
    else if (this.#keyword === 'WRITER_ID') this.#writer = rest.trim().slice(0, 256) || null
    else if (this.#keyword === 'SEGMENT') this.#addSegment(rest, place)
  }

  /** The characters of the file, in the order of their segments. */
  *end(): Generator<UnipenCharacter<Place>> {
    this.#endComponent()
    for (const segment of this.#segments) yield this.#characterOf(segment)
  }

  #characterOf({ label, ranges, order, place }: FoundSegment<Place>): UnipenCharacter<Place> {
    const next = this.#starts[order + 1] ?? this.#components.length
    const following = {
      from: { component: this.#starts[order] ?? 0, point: null },
      to: { component: next - 1, point: null },
    }
    const strokes: Point[][] = []
    let writer: string | null = null
    for (const { from, to } of ranges ?? [following]) {
      if (to.component >= this.#components.length) {
        throw new SegmentError(`there is no component ${to.component}`, place)
      }
      for (let at = from.component; at <= to.component; at++) {
        const component = this.#components[at]
        this.#named += 1 + (component?.points.length ?? 0)
        if (this.#named > mostNamed)
          throw new SegmentError(`segments name more than ${mostNamed} points`, place)
        if (!component?.down) continue
        const first = at === from.component ? (from.point ?? 0) : 0
        const last = at === to.component ? (to.point ?? Infinity) : Infinity
        const points = component.points.slice(first, last + 1)
        if (points.length > 0) strokes.push(points)
        writer ??= component.writer
      }
    }
    return { label, writer, strokes, place }
  }

  #setColumns(rest: string): void {
    const names = rest.trim().toUpperCase().split(/\s+/)
    const [x, y, time] = [names.indexOf('X'), names.indexOf('Y'), names.indexOf('T')]
    if (x < 0 || y < 0) throw new Error('.COORD names no X and Y')
    this.#columns = { x, y, time, count: names.length }
  }

  #addNumbers(text: string): void {
    const trimmed = text.trim()
    if (trimmed === '' || !this.#current) return
    for (const word of trimmed.split(/\s+/)) {
      const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN
      if (!Number.isFinite(number)) throw new Error(`"${word.slice(0, 40)}" is no number`)
      this.#numbers.push(number)
      if (this.#numbers.length === this.#columns.count) this.#addPoint(this.#current)
    }
  }

  #addPoint(component: Component): void {
    const { x, y, time } = this.#columns
    if (++this.#points > mostPoints) throw new Error(`more than ${mostPoints} points`)
    const [across = 0, up = 0, at] = [this.#numbers[x], this.#numbers[y], this.#numbers[time]]
    // + 0 makes a plain zero of -0.
    component.points.push(at === undefined ? [across, -up + 0] : [across, -up + 0, at])
    this.#numbers = []
  }

  #addSegment(rest: string, place: Place): void {
    const segment = parseSegment(rest)
    if (typeof segment === 'string') throw new Error(segment)
    if (this.#starts.length === mostSegments) throw new Error(`more than ${mostSegments} segments`)
    const order = this.#starts.push(this.#components.length) - 1
    if (segment !== null) this.#segments.push({ ...segment, order, place })
  }

  #endComponent(): void {
    if (this.#numbers.length > 0) throw new Error('a point before this is cut off')
    if (this.#current && this.#current.points.length > 0) this.#components.push(this.#current)
    this.#current = null
  }
}

/** Something that is wrong with a segment, which is told at its own place. */
export class SegmentError<Place> extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message)
  }
}
