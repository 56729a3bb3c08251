import type { Client } from '../../shared/contract/client'
import type { SampleCounts } from '../../shared/contract/samples'
import type { Ink, Point } from '../../shared/ink/ink'
import type { Prediction } from '../../shared/recognition/prediction'
import { CandidatePage } from './candidatePage.svelte'
import { CommitPause } from './commitPause.svelte'
import { InkPad, type PadChange } from '../pad/inkPad.svelte'
import { Reading } from './reading.svelte'
import { Transcript } from './transcript.svelte'

/** A picture that is read instead of ink; `url` shows it. */
export interface Picture {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly url: string
}

/** What was accepted last; it can be corrected until something new is written. */
export interface Commit {
  /** The pad's history step; null for a picture. */
  readonly change: PadChange | null
  readonly entryId: number
  readonly label: string
  readonly ink: Ink | null
  readonly prediction: Prediction
  /** Settles to the id of the sample that keeps it as a correction, or to null where it could not be kept. */
  readonly kept: Promise<number | null> | null
}

/** What the session tells the user; the words are the screen's. */
export interface Notices {
  kept(label: string, undo: () => void): void
  released(): void
  failed(thrown: unknown): void
}

type Source = { readonly ink: Ink } | { readonly picture: Picture }
interface SessionClient {
  readonly recognition: Pick<Client['recognition'], 'ink' | 'picture'>
  readonly samples: Pick<Client['samples'], 'add' | 'remove' | 'counts'>
}

/** While the pen is down, a reading is asked for at most this often. */
const liveIntervalMs = 50

/** One sitting at the Write screen: the pad, its reading, the accepted text and the kept corrections. */
export class WriteSession {
  readonly pad = new InkPad()
  readonly transcript = new Transcript()
  readonly reading: Reading<Source>
  readonly pause = new CommitPause(() => this.accept())
  readonly candidatePage = new CandidatePage(() => this.shown)
  picture = $state.raw<Picture | null>(null)
  commit = $state.raw<Commit | null>(null)
  counts = $state.raw<SampleCounts | null>(null)
  readonly #client: SessionClient
  readonly #notices: Notices
  readonly #commitPauseMs: () => number | null
  readonly #commits = new WeakMap<PadChange, Commit>()
  /** What was asked for before the answer to the newest ink was there. */
  #whenRead: (() => void) | null = null
  #offeredAtMs = -Infinity

  constructor(client: SessionClient, notices: Notices, commitPauseMs: () => number | null) {
    this.#client = client
    this.#notices = notices
    this.#commitPauseMs = commitPauseMs
    this.reading = new Reading<Source>(
      (source) =>
        'ink' in source
          ? client.recognition.ink({ ink: source.ink.map((stroke) => [...stroke]) })
          : client.recognition.picture({ picture: source.picture.bytes, file: source.picture.name }),
      (source) => this.#answered('ink' in source),
      (thrown) => this.#failed(thrown),
    )
  }

  /** The answer on show: to what is on the pad, else to what was accepted last. */
  get shown(): Prediction | null {
    return this.reading.prediction ?? this.commit?.prediction ?? null
  }

  async loadCounts(): Promise<void> {
    try {
      this.counts = await this.#client.samples.counts()
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  penDown(point: Point, pressure: boolean): void {
    this.#startAnew()
    this.pad.begin(point, pressure)
  }

  penMove(points: readonly Point[], nowMs: number): void {
    this.pad.extend(points)
    if (!this.pad.isWriting || nowMs - this.#offeredAtMs < liveIntervalMs) return
    this.#offeredAtMs = nowMs
    this.reading.offer({ ink: this.pad.ink() })
  }

  penUp(): void {
    if (!this.pad.isWriting) return
    this.pad.end()
    this.reading.offer({ ink: this.pad.ink() })
  }

  penCancel(): void {
    this.pad.cancel()
    this.#readAgain()
  }

  eraseAlong(from: Point, to: Point, radiusPx: number): void {
    if (this.pad.eraseAlong(from, to, radiusPx)) this.#readAgain()
  }

  clear(): void {
    this.#dropPicture()
    this.pad.clear()
    this.commit = null
    this.#readAgain()
  }

  undo(): void {
    const change = this.pad.undo()
    if (!change) return
    const commit = this.#commits.get(change)
    if (commit) {
      this.transcript.remove(commit.entryId)
      void this.#release(commit)
    }
    this.#dropPicture()
    this.#readAgain()
  }

  redo(): void {
    if (this.pad.redo()) this.#readAgain()
  }

  /** Reads a picture instead of ink. Its URL must stay good until it is dropped, which the session then revokes. */
  openPicture(picture: Picture): void {
    this.#startAnew()
    this.pad.clear()
    this.picture = picture
    this.reading.replace({ picture })
  }

  /** Takes over the best answer. 'Not a character' is none: there, only choosing one by name counts. */
  accept(): void {
    if (this.reading.isBehind) {
      this.#whenRead = () => this.accept()
      return
    }
    const prediction = this.reading.prediction
    const best = prediction?.candidates[0]
    if (prediction && best && prediction.verdict !== 'not-a-character') this.#take(best.label, prediction)
  }

  /** Says what was really written. Where the reading was another, that is kept as a correction. */
  choose(label: string): void {
    if (this.reading.isBehind) {
      this.#whenRead = () => this.choose(label)
      return
    }
    const prediction = this.shown
    if (!prediction) return
    const commit = this.reading.prediction ? this.#take(label, prediction) : this.#recommit(label)
    if (commit && label !== answerOf(prediction)) this.#keep(commit)
  }

  /** Chooses one of the candidates that are shown. */
  pick(index: number): void {
    const candidate = this.shown?.candidates[this.candidatePage.first + index]
    if (candidate) this.choose(candidate.label)
  }

  /** Asks again for what a lost connection may have swallowed. */
  resume(): void {
    void this.loadCounts()
    if (!this.reading.prediction && !this.picture) this.#readAgain()
  }

  /** Ends what is under way, for when the screen goes. */
  dispose(): void {
    this.pause.stop()
    this.reading.forget()
    this.#dropPicture()
  }

  #answered(isInk: boolean): void {
    const whenRead = this.#whenRead
    this.#whenRead = null
    if (whenRead) whenRead()
    else if (isInk && !this.pad.isWriting && this.reading.prediction?.verdict === 'sure') {
      this.pause.start(this.#commitPauseMs())
    }
  }

  #failed(thrown: unknown): void {
    this.#whenRead = null
    this.#notices.failed(thrown)
  }

  #startAnew(): void {
    this.pause.stop()
    this.#whenRead = null
    this.commit = null
    if (!this.picture) return
    this.#dropPicture()
    this.reading.forget()
  }

  #readAgain(): void {
    this.pause.stop()
    this.#whenRead = null
    if (this.pad.isEmpty) {
      this.reading.forget()
      return
    }
    this.commit = null
    this.reading.replace({ ink: this.pad.ink() })
  }

  #take(label: string, prediction: Prediction): Commit {
    this.pause.stop()
    const ink = this.picture ? null : this.pad.ink()
    const change = this.picture ? null : this.pad.commit()
    const entryId = this.transcript.append(label).id
    this.#dropPicture()
    this.reading.forget()
    return this.#remember({ change, entryId, label, ink, prediction, kept: null })
  }

  /** Changes the label of what was accepted last. Null where it is that already, or is no longer in the text. */
  #recommit(label: string): Commit | null {
    const commit = this.commit
    if (!commit || commit.label === label || !this.transcript.has(commit.entryId)) return null
    this.transcript.replace(commit.entryId, label)
    if (commit.kept) void this.#release(commit)
    return this.#remember({ ...commit, label, kept: null })
  }

  #remember(commit: Commit): Commit {
    this.commit = commit
    if (commit.change) this.#commits.set(commit.change, commit)
    return commit
  }

  #keep(commit: Commit): void {
    const { label, ink, prediction } = commit
    const adding = this.#client.samples.add({
      source: 'correction',
      label,
      ink: ink?.map((stroke) => [...stroke]) ?? null,
      raster: prediction.raster,
      predicted: answerOf(prediction),
      model: prediction.model,
    })
    const kept = adding.then(
      ({ id, counts }) => {
        this.counts = counts
        this.#notices.kept(label, () => this.#undoKeeping(withKept))
        return id
      },
      (thrown: unknown) => {
        this.#notices.failed(thrown)
        return null
      },
    )
    const withKept = this.#remember({ ...commit, kept })
  }

  #undoKeeping(commit: Commit): void {
    if (commit.change && this.pad.isLast(commit.change)) this.undo()
    else void this.#release(commit)
  }

  async #release(commit: Commit): Promise<void> {
    const id = await commit.kept
    if (id === null) return
    try {
      this.counts = (await this.#client.samples.remove({ selection: { ids: [id] } })).counts
      this.#notices.released()
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  #dropPicture(): void {
    if (this.picture) URL.revokeObjectURL(this.picture.url)
    this.picture = null
  }
}

/** What the model answered; null where it held that it was no character. */
export function answerOf(prediction: Prediction): string | null {
  return prediction.verdict === 'not-a-character' ? null : (prediction.candidates[0]?.label ?? null)
}
