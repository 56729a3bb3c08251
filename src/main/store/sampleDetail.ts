import { z } from 'zod'
import type { Sample } from '../../shared/contract/samples'
import { editSchema } from '../../shared/contract/sampleEdits'
import type { Raster } from '../../shared/image/raster'
import { inkSchema } from '../../shared/ink/ink'
import { thumbnailSize } from '../../shared/samples/sampleBlock'
import { sampleSourceSchema, splitSchema } from '../../shared/samples/sampleQuery'
import { requireSample } from './addSamples'
import { bytesOf } from './bytesOf'
import { sampleFields } from './journal'
import type { StoreContext } from './storeContext'

const sampleRowSchema = z.object({
  ...{ id: z.int(), dataset_id: z.int(), label_id: z.int(), first_label_id: z.int() },
  ...{ writer_id: z.int().nullable(), session_id: z.int().nullable(), split: z.int(), source: z.int() },
  ...{ created_at: z.number(), corrected: z.int(), flagged: z.int(), reviewed: z.int() },
  ...{ model_id: z.int().nullable(), predicted_id: z.int().nullable() },
  ...{
    confidence: z.number().nullable(),
    loss: z.number().nullable(),
    uncertainty: z.number().nullable(),
  },
})
type SampleRow = z.infer<typeof sampleRowSchema>

const pictureSchema = z.object({ width: z.int(), height: z.int(), pixels: z.unknown() })
const historySchema = z.array(
  z.object({
    ...{ id: z.int(), kind: editSchema.shape.kind, at: z.number(), field: z.string() },
    ...{ before: z.unknown(), after: z.unknown() },
  }),
)

/** One sample with everything that is known of it. @throws AppError 'sample-unknown' */
export function readSample(context: StoreContext, id: number): Sample {
  const { store, labels, writers, sessions } = context
  requireSample(store, id)
  const row = sampleRowSchema.parse(store.prepare('SELECT * FROM samples WHERE id = ?').get([id]))
  const ink = z
    .object({ strokes: z.string() })
    .optional()
    .parse(store.prepare('SELECT strokes FROM inks WHERE sample_id = ?').get([id]))
  return {
    ...{ id, dataset: row.dataset_id, createdMs: row.created_at },
    ...{ label: labels.text(row.label_id), firstLabel: labels.text(row.first_label_id) },
    writer: row.writer_id === null ? null : writers.text(row.writer_id),
    session: row.session_id === null ? null : sessions.text(row.session_id),
    source: sampleSourceSchema.options[row.source] ?? 'import',
    split: splitSchema.options[row.split] ?? 'train',
    ...{ corrected: row.corrected === 1, flagged: row.flagged === 1, reviewed: row.reviewed === 1 },
    ink: ink ? inkSchema.parse(JSON.parse(ink.strokes)) : null,
    raster: readRaster(context, id),
    reading: readingOf(context, row),
    history: readHistory(context, id),
  }
}

function readRaster({ store }: StoreContext, id: number): Raster {
  const row =
    store.prepare('SELECT width, height, pixels FROM pictures WHERE sample_id = ?').get([id]) ??
    store
      .prepare(
        `SELECT ${thumbnailSize} AS width, ${thumbnailSize} AS height, pixels FROM thumbnails WHERE sample_id = ?`,
      )
      .get([id])
  const { width, height, pixels } = pictureSchema.parse(row)
  return { width, height, pixels: bytesOf(pixels) }
}

function readingOf({ labels, models }: StoreContext, row: SampleRow): Sample['reading'] {
  const { model_id, predicted_id, label_id, confidence, loss, uncertainty } = row
  if (predicted_id === null) return null
  return {
    model: model_id === null ? '' : models.text(model_id),
    predicted: labels.text(predicted_id),
    right: predicted_id === label_id,
    ...{ confidence, loss, uncertainty },
  }
}

function readHistory(context: StoreContext, id: number): Sample['history'] {
  const rows = context.store
    .prepare(
      `SELECT edits.id, kind, at, field, before, after FROM changes JOIN edits ON edits.id = edit_id
       WHERE row_id = ? AND field IN (${sampleFields}) AND undone = 0 ORDER BY edits.id, field`,
    )
    .all([id])
  return historySchema.parse(rows).map(({ id: edit, kind, at, field, before, after }) => ({
    ...{ edit, kind, atMs: at, field: field.replace(/_id$/, '') },
    ...{ before: inWords(context, field, before), after: inWords(context, field, after) },
  }))
}

function inWords({ labels, writers }: StoreContext, field: string, value: unknown): string | null {
  if (typeof value !== 'number') return null
  if (field === 'label_id') return labels.text(value)
  if (field === 'writer_id') return writers.text(value)
  if (field === 'split') return splitSchema.options[value] ?? null
  return String(value)
}
