import type { Client } from '../../shared/contract/client'
import type { EnrolledHand, HandComparison } from '../../shared/hand/hand'
import type { ModelCard } from '../../shared/model/modelCard'
import { LinesPad } from './linesPad.svelte'

export const writingSources = ['pad', 'samples', 'pictures'] as const
export type WritingSource = (typeof writingSources)[number]

type HandsClient = Pick<Client, 'hand' | 'models'>
type Writing = Parameters<Client['hand']['identify']>[0]['writing']

/** The model that ships for it. */
const handModel = 'hand'

/** Whose hand it is: writing that was put together, the people that are known, and the last answer. */
export class HandsSession {
  readonly lines = new LinesPad()
  source = $state<WritingSource>('pad')
  /** A data reference and one of its writers, null standing for all; no data is an empty one. */
  samples = $state.raw<{ readonly data: string; readonly writer: string | null }>({ data: '', writer: null })
  pictures = $state.raw<readonly File[]>([])
  /** Null until they are known. */
  hands = $state.raw<readonly EnrolledHand[] | null>(null)
  answer = $state.raw<HandComparison | null>(null)
  card = $state.raw<ModelCard | null>(null)
  /** What can be cancelled; null while nothing is asked. */
  asking = $state.raw<AbortController | null>(null)
  readonly #client: HandsClient
  readonly #report: (thrown: unknown) => void

  constructor(client: HandsClient, report: (thrown: unknown) => void) {
    this.#client = client
    this.#report = report
  }

  get hasWriting(): boolean {
    if (this.source === 'pad') return this.lines.words.length > 0
    return this.source === 'samples' ? this.samples.data !== '' : this.pictures.length > 0
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      this.hands = await this.#client.hand.list()
      this.card = await this.#client.models.card({ model: handModel })
    })
  }

  /** @returns whether the hand was learned */
  async enrol(name: string): Promise<boolean> {
    const enrolled = await this.#ask((writing, signal) =>
      this.#client.hand.enrol({ name, writing }, { signal }),
    )
    if (!enrolled) return false
    // The next writing is another's.
    this.startOver()
    await this.load()
    return true
  }

  async identify(): Promise<void> {
    this.answer = null
    this.answer = await this.#ask((writing, signal) => this.#client.hand.identify({ writing }, { signal }))
  }

  async verify(name: string): Promise<void> {
    this.answer = null
    this.answer = await this.#ask((writing, signal) =>
      this.#client.hand.verify({ name, writing }, { signal }),
    )
  }

  cancel(): void {
    this.asking?.abort()
  }

  /** @returns whether the person has that name now */
  async rename(name: string, to: string): Promise<boolean> {
    return this.#try(async () => {
      await this.#client.hand.rename({ name, to })
      this.answer = null
      this.hands = await this.#client.hand.list()
    })
  }

  /** @param name null stands for everybody */
  async remove(name: string | null): Promise<void> {
    await this.#try(async () => {
      await (name === null ? this.#client.hand.wipe() : this.#client.hand.remove({ name }))
      this.answer = null
      this.hands = await this.#client.hand.list()
    })
  }

  startOver(): void {
    this.answer = null
    if (this.source === 'pad') this.lines.clear()
    else if (this.source === 'pictures') this.pictures = []
  }

  async #ask<T>(task: (writing: Writing, signal: AbortSignal) => Promise<T>): Promise<T | null> {
    if (this.asking) return null
    const own = new AbortController()
    this.asking = own
    try {
      return await task(await this.#writing(), own.signal)
    } catch (thrown) {
      if (!own.signal.aborted) this.#report(thrown)
      return null
    } finally {
      this.asking = null
    }
  }

  async #writing(): Promise<Writing> {
    if (this.source === 'pad') {
      return { inks: this.lines.words.map((ink) => ink.map((points) => [...points])) }
    }
    if (this.source === 'samples') {
      const { data, writer } = this.samples
      return { data, ...(writer !== null && { writer }) }
    }
    const pictures = this.pictures.map(async (file) => ({
      picture: new Uint8Array(await file.arrayBuffer()),
      file: file.name,
    }))
    return { pictures: await Promise.all(pictures) }
  }

  async #try(task: () => Promise<void>): Promise<boolean> {
    try {
      await task()
      return true
    } catch (thrown) {
      this.#report(thrown)
      return false
    }
  }
}
