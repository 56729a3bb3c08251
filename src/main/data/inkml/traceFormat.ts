/** One column of a trace's numbers. */
export interface Channel {
  readonly name: string
  /** What a value is multiplied by, and what is added before, to be what Longhand stores. */
  readonly factor: number
  readonly offset: number
  /** Whether a point may leave it out. */
  readonly intermittent: boolean
}

export type TraceFormat = readonly Channel[]

/** A channel as the file describes it. */
export interface ChannelAttributes {
  readonly name: string
  readonly orientation: string | undefined
  readonly units: string | undefined
  readonly min: number | null
  readonly max: number | null
  readonly intermittent: boolean
}

const plain = (name: string): Channel => ({ name, factor: 1, offset: 0, intermittent: false })

/** What holds where nothing is said (InkML, section 3.1). */
export const defaultFormat: TraceFormat = [plain('X'), plain('Y')]

const millimetres: Readonly<Record<string, number>> = {
  m: 1000,
  cm: 10,
  mm: 1,
  in: 25.4,
  pt: 25.4 / 72,
  pc: 25.4 / 6,
}
const milliseconds: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 0.001, ns: 1e-6 }

/**
 * Brings the channels to Longhand's directions and units: x to the right and y downwards in one unit, whichever it is; time in
 * milliseconds; force from 0 to 1, or not at all where its range is not told.
 */
export function traceFormat(described: readonly ChannelAttributes[]): TraceFormat {
  const unitOf = (name: string): string | undefined =>
    described.find((channel) => channel.name === name)?.units
  // Two equal units need no common one, and the numbers stay as they were written.
  const mixed = unitOf('X') !== unitOf('Y')
  return described.map(({ name, orientation, units = '', min, max, intermittent }) => {
    const sign = orientation === '-ve' ? -1 : 1
    switch (name) {
      case 'X':
      case 'Y':
        return { name, factor: sign * (mixed ? (millimetres[units] ?? 1) : 1), offset: 0, intermittent }
      case 'T':
        return { name, factor: milliseconds[units] ?? 1, offset: 0, intermittent }
      case 'F':
        return max === null || max <= (min ?? 0)
          ? { name: 'unscaled force', factor: 1, offset: 0, intermittent }
          : { name, factor: 1 / (max - (min ?? 0)), offset: -(min ?? 0), intermittent }
      default:
        return { name, factor: 1, offset: 0, intermittent }
    }
  })
}
