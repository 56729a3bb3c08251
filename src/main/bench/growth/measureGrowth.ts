import { modelSpecSchema, type ModelSpec } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { Batch } from '../../../shared/training/batch'
import { recipeSchema } from '../../../shared/training/recipe'
import { describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters } from '../../engine/network/parameter'
import { TrainingSession } from '../../engine/training/trainingSession'
import { measureBatches, processorSeconds, type Contestant } from '../contestant'
import { medianOf, takeTurns } from '../takeTurns'

export interface GrowthSeries {
  readonly what: 'batch' | 'width' | 'classes'
  /** Images per second of processor time, which other work on the machine does not change. */
  readonly points: readonly { value: number; imagesPerSecond: number }[]
}

interface Case {
  readonly batch: number
  /** Factor on the filters and units of the reference network. */
  readonly width: number
  readonly classes: number
}

const base: Case = { batch: 128, width: 1, classes: 10 }
const values: Readonly<Record<GrowthSeries['what'], readonly number[]>> = {
  batch: [8, 16, 32, 64, 128, 256, 512],
  width: [0.25, 0.5, 1, 1.5, 2],
  classes: [10, 100, 500, 1000, 2000, 4000],
}

/** Training of the reference network, with one thing changed at a time. */
export async function measureGrowth(
  { seconds, rounds }: { seconds: number; rounds: number },
  say: (text: string) => void,
): Promise<GrowthSeries[]> {
  const series: GrowthSeries[] = []
  for (const what of ['batch', 'width', 'classes'] as const) {
    const contestants: Record<string, Contestant> = {}
    for (const value of values[what]) contestants[value] = await createCase({ ...base, [what]: value })
    const results = await takeTurns(contestants, { rounds, seconds }, (done) =>
      say(`${what}: round ${done} of ${rounds}`),
    )
    for (const contestant of Object.values(contestants)) await contestant.close()
    series.push({
      what,
      points: values[what].map((value) => ({
        value,
        imagesPerSecond: Math.round(medianOf(results, (round) => round[value] ?? NaN)),
      })),
    })
  }
  return series
}

async function createCase({ batch: batchSize, width, classes }: Case): Promise<Contestant> {
  const spec = referenceOf(width, classes)
  const recipe = recipeSchema.parse({ batchSize, optimizer: { type: 'adam' } })
  const start = initializeParameters(describeParameters(spec), 1)
  const session = await TrainingSession.create(spec, recipe, start, { provider: 'cpu' })
  const batch = randomBatch(spec, batchSize)
  return {
    work: (seconds) =>
      measureBatches(
        batchSize,
        seconds,
        async () => {
          await session.step(batch, 1e-4)
        },
        processorSeconds,
      ),
    close: () => session.release(),
  }
}

function referenceOf(width: number, classes: number): ModelSpec {
  const convolution = (filters: number) => [
    { type: 'conv2d', filters: Math.round(filters * width) } as const,
    { type: 'relu' } as const,
  ]
  return modelSpecSchema.parse({
    name: 'reference',
    input: { width: 28, height: 28, raster: { box: 20, penWidth: 2, centre: 'mass' } },
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    layers: [
      ...convolution(32),
      ...convolution(32),
      { type: 'maxPool' },
      ...convolution(64),
      ...convolution(64),
      { type: 'maxPool' },
      { type: 'dense', units: Math.round(128 * width) },
      { type: 'relu' },
    ],
  })
}

/** What is on the pictures makes no difference to the time. */
function randomBatch(spec: ModelSpec, batchSize: number): Batch {
  const random = new Random(1)
  const size = spec.input.width * spec.input.height
  return {
    pixels: Float32Array.from({ length: batchSize * size }, () => random.uniform()),
    labels: Int32Array.from({ length: batchSize }, () => random.integer(spec.classes.length)),
    weights: new Float32Array(batchSize).fill(1),
    count: batchSize,
  }
}
