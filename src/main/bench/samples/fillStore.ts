import { Random } from '../../../shared/random'
import { createErrorLog } from '../../log'
import type { Store } from '../../store/connection'
import { ImportStaging } from '../../store/importStaging'
import { closeStore, openStore } from '../../store/openStore'
import type { EnteringSample } from '../../store/sampleWriter'
import { createStoreContext, inTransaction } from '../../store/storeContext'
import { writeScores, type SampleScore } from '../../store/writeScores'

const atOnce = 1000
/** Samples that are drawn; the rest are copies of them at other times and with other losses. */
const mostDrawn = 20_000

/** Makes a store with a data set of digits by 200 writers, each read by a model, one in fifty of them wrong. */
export function fillStore(file: string, samples: number): void {
  const store = openStore(file, createErrorLog())
  const context = createStoreContext(store)
  const random = new Random(7)
  const staging = new ImportStaging(context, 'digits')
  const drawn = Math.min(samples, mostDrawn)
  for (let from = 0; from < drawn; from += atOnce) {
    const length = Math.min(atOnce, drawn - from)
    staging.insert(Array.from({ length }, (_, at) => drawSample(random, from + at)))
    const scores = Array.from({ length }, (_, at): SampleScore => {
      const wrong = random.integer(50) === 0 ? 1 : 0
      const predicted = String((((from + at) % 10) + wrong) % 10)
      const loss = random.uniform(0, wrong ? 8 : 0.2)
      return { id: from + at + 1, predicted, confidence: Math.exp(-loss), loss, uncertainty: loss / 2 }
    })
    writeScores(context, 'digits', scores)
  }
  for (let from = drawn; from < samples; from += drawn) {
    inTransaction(context, () => copySamples(store, from, Math.min(drawn, samples - from)))
  }
  staging.publish(samples, null)
  closeStore(store, file)
}

/** Copies the first samples, which are numbered from 1, to behind a number. */
function copySamples(store: Store, behind: number, count: number): void {
  const kept = `dataset_id, label_id, first_label_id, writer_id, session_id, split, source, corrected, has_ink, fitted,
                content, model_id, predicted_id, confidence`
  store
    .prepare(
      `INSERT INTO samples (id, created_at, loss, uncertainty, ${kept})
       SELECT id + ?, created_at + ?, loss * 0.999, uncertainty * 0.999, ${kept} FROM samples WHERE id <= ?`,
    )
    .run([behind, behind % 1013, count])
  store
    .prepare(
      'INSERT INTO thumbnails (sample_id, pixels) SELECT sample_id + ?, pixels FROM thumbnails WHERE sample_id <= ?',
    )
    .run([behind, count])
}

function drawSample(random: Random, at: number): EnteringSample {
  const pixels = new Uint8Array(784)
  for (let stroke = 0; stroke < 100; stroke++) pixels[random.integer(784)] = random.integer(256)
  return {
    ...{ label: String(at % 10), ink: null, raster: { width: 28, height: 28, pixels }, source: 'import' },
    ...{ writer: `writer ${random.integer(200)}`, session: null, split: 'auto', corrected: false },
    ...{ fitted: true, predicted: null, model: '', createdMs: 1_700_000_000_000 + random.integer(1e9) },
  }
}
