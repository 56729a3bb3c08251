import { z } from 'zod'
import type { Raster } from '../../shared/image/raster'
import type { Ink } from '../../shared/ink/ink'
import { sampleSourceSchema, type SampleSource, type Split } from '../../shared/samples/sampleQuery'
import { contentHash } from './contentHash'
import { splitNumber, splitOf } from './splits'
import type { StoreContext } from './storeContext'
import { isThumbnail, thumbnailOf } from './thumbnail'

/** A sample as it enters the store. */
export interface EnteringSample {
  readonly label: string
  readonly ink: Ink | null
  /** As it came, or drawn from the ink. */
  readonly raster: Raster
  readonly source: SampleSource
  readonly writer: string | null
  readonly session: string | null
  /** 'auto' goes by writer and session. */
  readonly split: Split | 'auto'
  readonly corrected: boolean
  /** Whether a picture of the very size of a model's input is to be seen as it is. */
  readonly fitted: boolean
  readonly predicted: string | null
  /** '' where none was asked. */
  readonly model: string
  readonly createdMs: number
  /** Of ink or picture, where it is known already. */
  readonly content?: Uint8Array
}

const splitRowSchema = z.object({ split: z.int() }).optional()

/** Writes new samples, within the caller's transactions. */
export class SampleWriter {
  readonly #context: StoreContext
  readonly #insertSample
  readonly #insertThumbnail
  readonly #insertPicture
  readonly #insertInk
  readonly #findSplit
  /** The splits of what a writer wrote in a session, in the data set that was looked into last. */
  readonly #splits = new Map<string, number>()
  #splitsOf = -1

  constructor(context: StoreContext) {
    this.#context = context
    const { store } = context
    this.#insertSample = store.prepare(
      `INSERT INTO samples (dataset_id, label_id, first_label_id, writer_id, session_id, split, source, created_at,
                            corrected, has_ink, fitted, content, model_id, predicted_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#insertThumbnail = store.prepare('INSERT INTO thumbnails (sample_id, pixels) VALUES (?, ?)')
    this.#insertPicture = store.prepare(
      'INSERT INTO pictures (sample_id, width, height, pixels) VALUES (?, ?, ?, ?)',
    )
    this.#insertInk = store.prepare('INSERT INTO inks (sample_id, strokes) VALUES (?, ?)')
    this.#findSplit = store.prepare(
      'SELECT split FROM samples WHERE dataset_id = ? AND writer_id IS ? AND session_id IS ? LIMIT 1',
    )
  }

  /**
   * @param place the data set in which it is put
   * @param home the one that it will belong to, whose samples of the same writer and session decide on its split
   * @returns its id
   */
  insert(sample: EnteringSample, place: number, home: number): number {
    const { labels, models } = this.#context
    const content = sample.content ?? contentHash(sample.ink, sample.raster)
    const label = labels.intern(sample.label)
    const group = this.#groupOf(sample)
    const { lastInsertRowid } = this.#insertSample.run([
      ...[place, label, label, group.writer, group.session, this.#splitOf(sample, group, content, home)],
      ...[sampleSourceSchema.options.indexOf(sample.source), sample.createdMs, sample.corrected ? 1 : 0],
      ...[sample.ink ? 1 : 0, sample.fitted ? 1 : 0, content],
      ...[sample.model === '' ? null : models.intern(sample.model)],
      ...[sample.predicted === null ? null : labels.intern(sample.predicted)],
    ])
    const id = Number(lastInsertRowid)
    this.#insertThumbnail.run([id, thumbnailOf(sample.raster)])
    const { width, height, pixels } = sample.raster
    // What ink draws can be drawn again; a picture is kept as it came.
    if (!isThumbnail(sample.raster)) this.#insertPicture.run([id, width, height, pixels])
    if (sample.ink) this.#insertInk.run([id, JSON.stringify(sample.ink)])
    return id
  }

  #groupOf({ writer, session }: EnteringSample): { writer: number | null; session: number | null } {
    const { writers, sessions } = this.#context
    return {
      writer: writer === null ? null : writers.intern(writer),
      session: session === null ? null : sessions.intern(session),
    }
  }

  /** A split once given stays: what is there of the same writer and session is asked first. */
  #splitOf(
    { split, writer, session }: EnteringSample,
    group: { writer: number | null; session: number | null },
    content: Uint8Array,
    home: number,
  ): number {
    if (split !== 'auto') return splitNumber(split)
    if (writer === null && session === null) return splitNumber(splitOf(null, null, content))
    if (this.#splitsOf !== home) this.#splits.clear()
    this.#splitsOf = home
    const key = `${group.writer} ${group.session}`
    const known = this.#splits.get(key)
    if (known !== undefined) return known
    const there = splitRowSchema.parse(this.#findSplit.get([home, group.writer, group.session]))
    const number = there?.split ?? splitNumber(splitOf(writer, session, content))
    this.#splits.set(key, number)
    return number
  }
}
