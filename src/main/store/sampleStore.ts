import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { NewSample, SampleCounts } from '../../shared/contract/samples'
import type { Store } from './openStore'

const countsSchema = z.object({ total: z.int(), corrections: z.int() })

/** The labelled samples that the user made. */
export class SampleStore {
  /** @param session groups the samples of one run of the app */
  constructor(
    private readonly store: Store,
    private readonly session: string,
  ) {}

  /** Keeps a sample and gives it its id. */
  add(sample: NewSample): string {
    const id = randomUUID()
    const { label, ink, raster, source, predicted, model } = sample
    this.store
      .prepare(
        `INSERT INTO samples (id, label, ink, width, height, pixels, source, predicted, model, session, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        label,
        ink && JSON.stringify(ink),
        raster.width,
        raster.height,
        raster.pixels,
        source,
        predicted,
        model,
        this.session,
        new Date().toISOString(),
      )
    return id
  }

  /** False where there was no such sample. */
  remove(id: string): boolean {
    return this.store.prepare('DELETE FROM samples WHERE id = ?').run(id).changes > 0
  }

  counts(): SampleCounts {
    return countsSchema.parse(
      this.store
        .prepare(
          "SELECT count(*) AS total, count(*) FILTER (WHERE source = 'correction') AS corrections FROM samples",
        )
        .get(),
    )
  }
}
