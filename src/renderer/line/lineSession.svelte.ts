import type { Client } from '../../shared/contract/client'
import type { Point } from '../../shared/ink/ink'
import { inkToRaster } from '../../shared/ink/inkToRaster'
import type { ModelInput } from '../../shared/model/modelSpec'
import type { Expectation, Guides } from '../../shared/recognition/line/lineReading'
import { InkPad, type PadChange, type PadStroke } from '../pad/inkPad.svelte'
import { Reading } from '../write/reading.svelte'
import type { Transcript } from '../write/transcript.svelte'
import { onPad, pinsFor, share, type PadCharacter, type PadPin, type PadReading } from './padCharacter'
import { characterUnder, isRewriting, withoutParts } from './rewriting'

/** What the user says of the writing. */
interface Writing {
  readonly expects: Expectation
  readonly isJoined: boolean
}

interface Source {
  readonly strokes: readonly PadStroke[]
  readonly pins: readonly PadPin[]
}

/** What was taken over by one step, to be given back by undoing it. */
interface Commit {
  readonly entryIds: readonly number[]
  readonly pins: readonly PadPin[]
}

/** What the session tells the user; the words are the screen's. */
export interface LineNotices {
  /** `undo` takes the correction out of the samples again. */
  kept(label: string, undo: () => void): void
  failed(thrown: unknown): void
}

type SessionClient = Pick<Client, 'recognition'> & {
  readonly samples: Pick<Client['samples'], 'add' | 'remove'>
}

/** One sitting at the line pad: its ink, the reading of the whole line, and what was put right in it. */
export class LineSession {
  readonly pad = new InkPad()
  readonly transcript: Transcript
  readonly reading: Reading<Source, PadReading>
  /** Of the pad, in its CSS pixels; null until it is on show. */
  guides: Guides | null = null
  /** What reads joined-up words; null where there is no such model, or it is not known yet. */
  wordsModel: string | null = null
  /** The character that is looked at and put right, by its number. */
  selected = $state<number | null>(null)
  readonly #client: SessionClient
  readonly #notices: LineNotices
  readonly #writing: () => Writing
  readonly #commits = new WeakMap<PadChange, Commit>()
  #pins: readonly PadPin[] = []
  #whenRead: (() => void) | null = null

  /** @param writing what the user says that is written */
  constructor(client: SessionClient, transcript: Transcript, notices: LineNotices, writing: () => Writing) {
    this.#client = client
    this.transcript = transcript
    this.#notices = notices
    this.#writing = writing
    this.reading = new Reading<Source, PadReading>(
      (source) => this.#ask(source),
      () => this.#answered(),
      (thrown) => {
        this.#whenRead = null
        notices.failed(thrown)
      },
    )
  }

  /** Whether words are read, each of which then stands where a character does. */
  get isJoined(): boolean {
    return this.#writing().isJoined
  }

  get characters(): readonly PadCharacter[] {
    return this.reading.prediction?.characters ?? []
  }

  penDown(point: Point, pressure: boolean): void {
    this.#whenRead = null
    this.pad.begin(point, pressure)
  }

  penMove(points: readonly Point[]): void {
    this.pad.extend(points)
  }

  penUp(): void {
    if (!this.pad.isWriting) return
    const known = this.characters
    this.pad.end()
    const stroke = this.pad.strokes.at(-1)
    const under = stroke ? characterUnder(stroke, known) : null
    // A stroke over a word dots or crosses it, unless the word is to be put right.
    const isOver = under !== null && (!this.isJoined || under === known[this.selected ?? -1])
    if (stroke && isOver) void this.#writeOver(under, stroke, under === known[this.selected ?? -1])
    else this.readAgain()
    this.selected = null
  }

  penCancel(): void {
    this.pad.cancel()
  }

  eraseAlong(from: Point, to: Point, radiusPx: number): void {
    if (this.pad.eraseAlong(from, to, radiusPx)) this.readAgain()
  }

  clear(): void {
    if (this.selected !== null) {
      this.selected = null
      return
    }
    this.pad.clear()
    this.readAgain()
  }

  undo(): void {
    const change = this.pad.undo()
    if (!change) return
    const commit = this.#commits.get(change)
    if (commit) {
      for (const id of commit.entryIds) this.transcript.remove(id)
      this.#pins = commit.pins
    }
    this.readAgain()
  }

  redo(): void {
    if (this.pad.redo()) this.readAgain()
  }

  /** Takes over the line as it is read; one after the other they are parted by a space. */
  accept(): void {
    if (this.reading.isBehind) {
      this.#whenRead = () => this.accept()
      return
    }
    const text = this.reading.prediction?.text ?? ''
    if (text === '') return
    const labels = Array.from(this.transcript.isEmpty ? text : ` ${text}`)
    const entryIds = labels.map((label) => this.transcript.append(label).id)
    this.#commits.set(this.pad.commit(), { entryIds, pins: this.#pins })
    this.#pins = []
    this.selected = null
    this.reading.forget()
  }

  /** Selects the next character, or the one before it. */
  step(by: 1 | -1): void {
    const { length } = this.characters
    if (length === 0) return
    const at = this.selected ?? (by === 1 ? -1 : length)
    this.selected = Math.max(0, Math.min(length - 1, at + by))
  }

  /**
   * Says what a character is; the rest of the line is read around it. Where it was read as another, it is kept as a sample.
   * @param input of the model that read it
   */
  correct(index: number, label: string, input: ModelInput | null): void {
    const character = this.characters[index]
    const reading = this.reading.prediction
    if (!character || !reading || character.label === label) return
    const others = this.#pins.filter(({ parts }) => !share(parts, character.padParts))
    this.#pins = [...others, { parts: character.padParts, label }]
    // A word is no sample for models of characters.
    if (input && !this.isJoined) void this.#keep(character, label, reading.model, input)
    this.readAgain()
  }

  /** For what changed beside the ink: what is expected, the model, a connection that was lost. */
  readAgain(): void {
    this.#whenRead = null
    if (this.pad.isEmpty) {
      this.#pins = []
      this.selected = null
      this.reading.forget()
      return
    }
    this.reading.offer({ strokes: this.pad.strokes, pins: this.#pins })
  }

  dispose(): void {
    this.reading.forget()
  }

  async #ask({ strokes, pins }: Source): Promise<PadReading> {
    const { expects, isJoined } = this.#writing()
    const reading = await this.#client.recognition.line({
      ink: strokes.map(({ points }) => [...points]),
      expects,
      ...(isJoined && this.wordsModel !== null && { model: this.wordsModel }),
      pins: pinsFor(strokes, pins),
      ...(this.guides && { guides: this.guides }),
    })
    return onPad(reading, strokes)
  }

  #answered(): void {
    if (this.selected !== null && this.selected >= this.characters.length) this.selected = null
    const whenRead = this.#whenRead
    this.#whenRead = null
    whenRead?.()
  }

  /** Lets a stroke take the place of a character, where it is meant to. */
  async #writeOver(under: PadCharacter, stroke: PadStroke, isMeant: boolean): Promise<void> {
    try {
      if ((isMeant || (await this.#isRewriting(under, stroke))) && this.pad.strokes.includes(stroke)) {
        this.pad.rewrite(withoutParts(this.pad.strokes, under.padParts))
      }
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
    this.readAgain()
  }

  async #isRewriting(under: PadCharacter, stroke: PadStroke): Promise<boolean> {
    const [alone, together] = await Promise.all(
      [[stroke.points], [...under.ink, stroke.points]].map((ink) =>
        this.#client.recognition.ink({ ink: ink.map((points) => [...points]) }),
      ),
    )
    return alone !== undefined && together !== undefined && isRewriting(alone, together)
  }

  async #keep(character: PadCharacter, label: string, model: string, input: ModelInput): Promise<void> {
    try {
      const { id } = await this.#client.samples.add({
        source: 'correction',
        label,
        ink: character.ink.map((points) => [...points]),
        raster: inkToRaster(character.ink, input),
        predicted: character.label,
        model,
      })
      this.#notices.kept(label, () => void this.#release(id))
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  async #release(id: number): Promise<void> {
    try {
      await this.#client.samples.remove({ selection: { ids: [id] } })
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }
}
