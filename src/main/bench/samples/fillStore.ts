import { Random } from '../../../shared/random'
import { createErrorLog } from '../../log'
import { ImportStaging } from '../../store/importStaging'
import { closeStore, openStore } from '../../store/openStore'
import type { EnteringSample } from '../../store/sampleWriter'
import { createStoreContext } from '../../store/storeContext'
import { writeScores, type SampleScore } from '../../store/writeScores'

const atOnce = 1000

/** Makes a store with a data set of digits by 200 writers, each read by a model, one in fifty of them wrong. */
export function fillStore(file: string, samples: number): void {
  const store = openStore(file, createErrorLog())
  const context = createStoreContext(store)
  const random = new Random(7)
  const staging = new ImportStaging(context, 'digits')
  for (let from = 0; from < samples; from += atOnce) {
    const length = Math.min(atOnce, samples - from)
    staging.insert(Array.from({ length }, (_, at) => drawSample(random, from + at)))
    const scores = Array.from({ length }, (_, at): SampleScore => {
      const wrong = random.integer(50) === 0 ? 1 : 0
      const predicted = String((((from + at) % 10) + wrong) % 10)
      const loss = random.uniform(0, wrong ? 8 : 0.2)
      return { id: from + at + 1, predicted, confidence: Math.exp(-loss), loss, uncertainty: loss / 2 }
    })
    writeScores(context, 'digits', scores)
  }
  staging.publish(samples, null)
  closeStore(store, file)
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
