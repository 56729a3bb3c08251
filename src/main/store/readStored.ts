import { z } from 'zod'
import type { Raster } from '../../shared/image/raster'
import { inkSchema, type Ink } from '../../shared/ink/ink'
import { thumbnailSize } from '../../shared/samples/sampleBlock'
import type { SampleFilter } from '../../shared/samples/sampleQuery'
import { bytesOf } from './bytesOf'
import { listSamples } from './sampleList'
import type { StoreContext } from './storeContext'

/** A stored sample as who trains, evaluates or exports wants it. */
export interface StoredSample {
  readonly id: number
  readonly label: string
  readonly writer: string | null
  readonly session: string | null
  /** Whether somebody looked at its label and kept it. */
  readonly reviewed: boolean
  readonly ink: Ink | null
  readonly raster: Raster
}

/** The samples of a filter, as they were when this was made. */
export interface StoredSet {
  readonly ids: Uint32Array
  /** Whether all of them have ink. */
  readonly allInk: boolean
  /** Whether all pictures are to be seen as they are, where they are of the very size of a model's input. */
  readonly fitted: boolean
}

const atOnce = 256
const kindsSchema = z.object({ pictures: z.int().nullable(), loose: z.int().nullable() })
const rowsSchema = z.array(
  z.tuple([
    ...[z.int(), z.int(), z.int().nullable(), z.int().nullable(), z.int()],
    ...[z.string().nullable(), z.int().nullable(), z.int().nullable(), z.unknown(), z.unknown()],
  ] as const),
)

export function findStored({ store }: StoreContext, filter: SampleFilter): StoredSet {
  const { sorted } = listSamples(store, filter, { by: 'entry' })
  const row = store
    .prepare(
      `SELECT sum(has_ink = 0) AS pictures, sum(fitted = 0) AS loose
       FROM json_each(?) AS wanted CROSS JOIN samples ON samples.id = wanted.value`,
    )
    .get([JSON.stringify(Array.from(sorted))])
  const { pictures, loose } = kindsSchema.parse(row)
  return { ids: sorted, allInk: pictures === 0, fitted: (loose ?? 0) === 0 }
}

/** Samples by their ids, in that order; in pieces, so that little of them is in memory at a time. */
export function* readStored(
  { store, labels, writers, sessions }: StoreContext,
  ids: Uint32Array,
): Generator<readonly StoredSample[]> {
  const read = store
    .prepare(
      `SELECT samples.id, label_id, writer_id, session_id, reviewed, strokes, width, height, pictures.pixels, thumbnails.pixels
       FROM json_each(?) AS wanted
       CROSS JOIN samples ON samples.id = wanted.value
       JOIN thumbnails ON thumbnails.sample_id = samples.id
       LEFT JOIN pictures ON pictures.sample_id = samples.id
       LEFT JOIN inks ON inks.sample_id = samples.id`,
    )
    .raw()
  for (let from = 0; from < ids.length; from += atOnce) {
    const wanted = JSON.stringify(Array.from(ids.subarray(from, from + atOnce)))
    yield rowsSchema
      .parse(read.all([wanted]))
      .map(
        ([
          id,
          label,
          writer,
          session,
          reviewed,
          strokes,
          width,
          height,
          picture,
          thumbnail,
        ]): StoredSample => ({
          id,
          label: labels.text(label),
          writer: writer === null ? null : writers.text(writer),
          session: session === null ? null : sessions.text(session),
          reviewed: reviewed === 1,
          ink: strokes === null ? null : inkSchema.parse(JSON.parse(strokes)),
          raster: {
            ...{ width: width ?? thumbnailSize, height: height ?? thumbnailSize },
            // A copy, since the binding may use the bytes again.
            pixels: Uint8Array.from(bytesOf(picture ?? thumbnail)),
          },
        }),
      )
  }
}
