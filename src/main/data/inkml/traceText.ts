import type { Point } from '../../../shared/ink/ink'
import type { TraceFormat } from './traceFormat'

/** A value with the sign before it that says how it counts; what stands apart from it by nothing is the next value. */
const value = /\s*([!'"]?)\s*(\*|\?|T|F|#-?[0-9a-f]+|-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy

/** How the numbers of one channel go on from point to point. */
interface Course {
  order: 0 | 1 | 2
  last: number
  velocity: number
  acceleration: number
}

/**
 * The points of a trace (InkML, section 3.2): values in the channels' order, absolute (`!`), as differences (`'`) or as
 * differences of differences (`"`), `*` for as before and `?` for none; points are parted by commas.
 *
 * @returns what is wrong, in words, where the text is none
 */
export function parseTrace(text: string, format: TraceFormat, mostPoints: number): Point[] | string {
  const courses = format.map((): Course => ({ order: 0, last: 0, velocity: 0, acceleration: 0 }))
  const points: Point[] = []
  const trimmed = text.trim()
  if (trimmed === '') return points
  for (const written of trimmed.split(',')) {
    if (points.length === mostPoints) return `more than ${mostPoints} points`
    const values = parsePoint(written, courses)
    if (values === null) return `"${written.trim().slice(0, 40)}" is no point`
    const point = pointOf(values, format)
    if (point === null) return `the point "${written.trim().slice(0, 40)}" lacks a channel`
    points.push(point)
  }
  return points
}

/** The channels' values of one point; null for one that is left out or not known. */
function parsePoint(written: string, courses: readonly Course[]): (number | null)[] | null {
  const values: (number | null)[] = []
  value.lastIndex = 0
  for (const course of courses) {
    const from = value.lastIndex
    const match = value.exec(written)
    if (match === null) {
      // Intermittent channels at the end may be missing.
      value.lastIndex = from
      break
    }
    values.push(follow(course, match[1] ?? '', match[2] ?? ''))
  }
  return written.slice(value.lastIndex).trim() === '' ? values : null
}

function follow(course: Course, sign: string, text: string): number | null {
  if (sign !== '') course.order = sign === '!' ? 0 : sign === "'" ? 1 : 2
  if (text === '?') return null
  const given = text === '*' ? null : numberOf(text)
  switch (course.order) {
    case 0:
      if (given !== null) course.last = given
      break
    case 1:
      course.velocity = given ?? course.velocity
      course.last += course.velocity
      break
    case 2:
      course.acceleration = given ?? course.acceleration
      course.velocity += course.acceleration
      course.last += course.velocity
  }
  return course.last
}

function numberOf(text: string): number {
  if (text === 'T' || text === 't') return 1
  if (text === 'F' || text === 'f') return 0
  if (text.startsWith('#-')) return -Number.parseInt(text.slice(2), 16)
  return text.startsWith('#') ? Number.parseInt(text.slice(1), 16) : Number(text)
}

/** Null where a channel is missing that every point must have. */
function pointOf(values: readonly (number | null)[], format: TraceFormat): Point | null {
  let x: number | null = null
  let y: number | null = null
  let time: number | null = null
  let force: number | null = null
  for (const [at, { name, factor, offset, intermittent }] of format.entries()) {
    const raw = values[at]
    if (raw === undefined && !intermittent) return null
    // Nothing is added or multiplied where that would only cost digits; + 0 makes a plain zero of -0.
    const scaled = raw === undefined || raw === null ? null : (raw + offset) * factor + 0
    if (name === 'X') x = scaled
    else if (name === 'Y') y = scaled
    else if (name === 'T') time = scaled
    else if (name === 'F') force = scaled === null ? null : Math.min(1, Math.max(0, scaled))
  }
  if (x === null || y === null) return null
  if (time === null) return [x, y]
  return force === null ? [x, y, time] : [x, y, time, force]
}
