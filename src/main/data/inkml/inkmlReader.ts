import { SaxesParser } from 'saxes'
import type { Point } from '../../../shared/ink/ink'
import { FormatScope, idOf, targetOf, type Attributes } from './formatScope'
import { parseTrace } from './traceText'

/** One labelled group of traces. */
export interface LabelledTraces {
  readonly label: string
  readonly writer: string | null
  readonly strokes: readonly (readonly Point[])[]
  /** Where the group ends. */
  readonly line: number
}

/** Deeper than any file of ink, less than what fills a stack. */
const deepest = 64
const mostPoints = { ofTrace: 20_000, ofFile: 5_000_000 } as const
const longestText = 16 * 2 ** 20

/** What holds traces, and may have a label. */
interface Holder {
  readonly contextRef: string | undefined
  label: string | null
  writer: string | null
  strokes: Point[][]
  /** Whether a group inside of it has a label: then that is the sample, and not this. */
  holdsLabelled: boolean
}

interface Element {
  readonly name: string
  readonly attributes: Attributes
  text: string
}

/**
 * Reads the text of an InkML file piece by piece. A sample is an innermost group of traces with a label: an annotation of the
 * type "truth", "label" or "character" of a traceGroup, a traceView or the whole file. Brushes and drawing hints do not
 * count. Entities that a document type declares are not known, so that none can grow.
 */
export class InkmlReader {
  readonly #parser = new SaxesParser({ xmlns: false })
  readonly #formats = new FormatScope()
  readonly #elements: Element[] = []
  readonly #holders: Holder[] = []
  readonly #named = new Map<string, Point[][]>()
  #found: LabelledTraces[] = []
  #points = 0
  #unseen = 0

  constructor() {
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(localName(name), attributes))
    this.#parser.on('closetag', () => this.#close())
    this.#parser.on('text', (text) => this.#addText(text))
    this.#parser.on('cdata', (text) => this.#addText(text))
  }

  get line(): number {
    return this.#parser.line
  }

  /** @returns the samples that end in this piece @throws Error where the text is no InkML */
  read(piece: string): LabelledTraces[] {
    this.#unseen += piece.length
    if (this.#unseen > longestText) throw new Error('a text goes on for more than 16 Mi characters')
    this.#parser.write(piece)
    return this.#taken()
  }

  end(): LabelledTraces[] {
    this.#parser.close()
    return this.#taken()
  }

  #taken(): LabelledTraces[] {
    const found = this.#found
    this.#found = []
    return found
  }

  #open(name: string, attributes: Attributes): void {
    this.#unseen = 0
    if (this.#elements.length === 0 && name !== 'ink')
      throw new Error(`the file is of <${name}>, not of <ink>`)
    if (this.#elements.length === deepest)
      throw new Error(`its elements are nested more than ${deepest} deep`)
    this.#elements.push({ name, attributes, text: '' })
    this.#formats.openElement(name, attributes)
    if (isHolder(name)) {
      const { contextRef } = attributes
      const around = this.#holders.at(-1)
      this.#holders.push({
        contextRef: contextRef ?? around?.contextRef,
        ...{ label: null, writer: around?.writer ?? null, strokes: [], holdsLabelled: false },
      })
    }
    if (name === 'traceView') this.#view(attributes)
  }

  #addText(text: string): void {
    this.#unseen = 0
    const element = this.#elements.at(-1)
    if (element?.name === 'trace' || element?.name === 'annotation') element.text += text
  }

  #close(): void {
    this.#unseen = 0
    const element = this.#elements.pop()
    if (!element) return
    const { name, attributes, text } = element
    this.#formats.closeElement(name, attributes)
    if (name === 'trace') this.#trace(attributes, text)
    else if (name === 'annotation')
      this.#annotate(attributes, attributes['xml:space'] === 'preserve' ? text : text.trim())
    else if (isHolder(name)) this.#closeHolder(idOf(attributes))
  }

  #trace(attributes: Attributes, text: string): void {
    const { contextRef, type, continuation, priorRef } = attributes
    if (type === 'penUp') return
    const holder = this.#holders.at(-1)
    const format = this.#formats.of(contextRef ?? holder?.contextRef)
    const points = parseTrace(text, format, mostPoints.ofTrace)
    if (typeof points === 'string') throw new Error(points)
    this.#points += points.length
    if (this.#points > mostPoints.ofFile) throw new Error(`more than ${mostPoints.ofFile} points`)
    const id = idOf(attributes)
    const [prior] =
      (continuation === 'middle' || continuation === 'end' ? this.#lookUp(priorRef) : null) ?? []
    if (prior) {
      prior.push(...points)
      if (id !== undefined) this.#named.set(id, [prior])
      return
    }
    if (points.length === 0) return
    if (id !== undefined) this.#named.set(id, [points])
    holder?.strokes.push(points)
  }

  #view({ traceDataRef, from, to }: Attributes): void {
    if (traceDataRef === undefined) return
    if (from !== undefined || to !== undefined) throw new Error('a view of a part of a trace is not read')
    const strokes = this.#lookUp(traceDataRef)
    if (!strokes) throw new Error(`there is no trace "${traceDataRef.slice(0, 64)}" before this`)
    // A view may repeat what is there as often as it likes: what it shows counts like what is written.
    this.#points += strokes.reduce((sum, stroke) => sum + stroke.length, 0)
    if (this.#points > mostPoints.ofFile) throw new Error(`more than ${mostPoints.ofFile} points`)
    for (const stroke of strokes) this.#holders.at(-1)?.strokes.push(stroke)
  }

  #annotate({ type }: Attributes, text: string): void {
    const holder = this.#holders.at(-1)
    if (!holder) return
    if (/^(truth|label|character)$/i.test(type ?? '')) holder.label = text
    else if (/^writer(id)?$/i.test(type ?? '')) holder.writer = text.slice(0, 256)
  }

  #closeHolder(id: string | undefined): void {
    const closed = this.#holders.pop()
    if (!closed) return
    const { label, writer, strokes, holdsLabelled } = closed
    if (id !== undefined) this.#named.set(id, strokes)
    const around = this.#holders.at(-1)
    if (holdsLabelled) {
      if (around) around.holdsLabelled = true
    } else if (label !== null) {
      if (around) around.holdsLabelled = true
      this.#found.push({ label, writer, strokes, line: this.line })
    } else {
      // Not spread as arguments: there may be more strokes than a call takes.
      for (const stroke of strokes) around?.strokes.push(stroke)
    }
  }

  #lookUp(reference: string | undefined): Point[][] | null {
    const id = targetOf(reference)
    return id === undefined ? null : (this.#named.get(id) ?? null)
  }
}

const isHolder = (name: string): boolean => name === 'ink' || name === 'traceGroup' || name === 'traceView'
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
