import { z } from 'zod'
import { inkSchema } from '../../shared/ink/ink'
import { ownDataset } from './ownDataset'
import { bytesOf } from './bytesOf'
import type { Store } from './connection'
import { dropFirstSamples, samplesSchema } from './samplesSchema'
import { SampleWriter } from './sampleWriter'
import { createStoreContext } from './storeContext'

const rowSchema = z.object({
  ...{ id: z.string(), label: z.string(), ink: z.string().nullable() },
  ...{ width: z.int(), height: z.int(), pixels: z.unknown() },
  ...{ source: z.enum(['correction', 'confirmation']), predicted: z.string().nullable() },
  ...{ model: z.string(), writer: z.string().nullable(), session: z.string(), created_at: z.string() },
})

/** Step 2: the samples of step 1 become those of the user's own data set. */
export function moveFirstSamples(store: Store): void {
  store.exec(samplesSchema)
  const writer = new SampleWriter(createStoreContext(store))
  const next = store.prepare(
    'SELECT * FROM samples_v1 WHERE (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT 1',
  )
  let last = ['', '']
  for (let row = next.get(last); row !== undefined; row = next.get(last)) {
    const { id, ink, width, height, pixels, created_at, ...rest } = rowSchema.parse(row)
    const sample = {
      ...rest,
      ink: ink === null ? null : inkSchema.parse(JSON.parse(ink)),
      raster: { width, height, pixels: bytesOf(pixels) },
      split: 'auto' as const,
      fitted: true,
      corrected: rest.source === 'correction',
      createdMs: Date.parse(created_at),
    }
    writer.insert(sample, ownDataset, ownDataset)
    last = [created_at, id]
  }
  store.exec(dropFirstSamples)
}
