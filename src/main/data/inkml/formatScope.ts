import { defaultFormat, traceFormat, type ChannelAttributes, type TraceFormat } from './traceFormat'

export type Attributes = Readonly<Record<string, string>>

/** The name by which others refer to an element; older files write it without the prefix. */
export const idOf = (attributes: Attributes): string | undefined => attributes['xml:id'] ?? attributes.id

/** What a reference points to within its own file. */
export const targetOf = (reference: string | undefined): string | undefined =>
  reference === undefined ? undefined : reference.replace(/^.*#/s, '')

/** Which format the traces of a file are written in, at each place of it. */
export class FormatScope {
  #current: TraceFormat = defaultFormat
  readonly #known = new Map<string, TraceFormat>()
  #channels: ChannelAttributes[] | null = null
  #intermittent = false
  /** The contexts and sources that are open, each with the format that was found in it. */
  readonly #open: { format: TraceFormat | null }[] = []
  #definitions = 0

  openElement(name: string, attributes: Attributes): void {
    if (name === 'traceFormat') this.#channels = []
    else if (name === 'intermittentChannels') this.#intermittent = true
    else if (name === 'definitions') this.#definitions++
    else if (name === 'channel') this.#channels?.push(channelOf(attributes, this.#intermittent))
    else if (name === 'context' || name === 'inkSource') {
      const { traceFormatRef, inkSourceRef, contextRef } = attributes
      this.#open.push({
        format: this.#find(traceFormatRef) ?? this.#find(inkSourceRef) ?? this.#find(contextRef),
      })
    }
  }

  closeElement(name: string, attributes: Attributes): void {
    if (name === 'intermittentChannels') this.#intermittent = false
    else if (name === 'definitions') this.#definitions--
    else if (name === 'traceFormat' && this.#channels) {
      this.#settle(traceFormat(this.#channels), attributes)
      this.#channels = null
    } else if (name === 'context' || name === 'inkSource') {
      const closed = this.#open.pop()
      if (closed?.format) this.#settle(closed.format, attributes)
    }
  }

  /** The format of a trace or group that refers to a context, or to none. */
  of(contextRef: string | undefined): TraceFormat {
    return this.#find(contextRef) ?? this.#current
  }

  #settle(format: TraceFormat, attributes: Attributes): void {
    const id = idOf(attributes)
    if (id !== undefined) this.#known.set(id, format)
    const around = this.#open.at(-1)
    if (around) around.format = format
    // Within definitions it is only named, to be referred to.
    else if (this.#definitions === 0) this.#current = format
  }

  #find(reference: string | undefined): TraceFormat | null {
    const id = targetOf(reference)
    return id === undefined ? null : (this.#known.get(id) ?? null)
  }
}

function channelOf(attributes: Attributes, intermittent: boolean): ChannelAttributes {
  const { name = '', orientation, units, min, max } = attributes
  return { name, orientation, units, min: finite(min), max: finite(max), intermittent }
}

function finite(text: string | undefined): number | null {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text)
  return Number.isFinite(value) ? value : null
}
