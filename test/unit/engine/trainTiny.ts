import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { PauseGate } from '../../../src/main/engine/training/pauseGate'
import { train } from '../../../src/main/engine/training/trainer'
import type { TrainingCheckpoint } from '../../../src/main/engine/training/trainingCheckpoint'
import type { TrainingInput, TrainingOutcome } from '../../../src/main/engine/training/trainingInput'
import { recipeSchema, type RecipeInput } from '../../../src/shared/training/recipe'
import type { EpochEvent, TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { checkpointsInMemory, tinyBatches, tinyHeldOut, tinySpec } from './tinyTask'

export interface TinyRun {
  outcome: TrainingOutcome
  events: TrainingEvent[]
  checkpoints: TrainingCheckpoint[]
}

export interface TinyOptions extends Partial<Pick<TrainingInput, 'from' | 'provider' | 'writeModel'>> {
  /** Called with each event; it may cancel, or pause. */
  on?: (event: TrainingEvent, controls: { cancel(): void; gate: PauseGate }) => void
  checkpoints?: ReturnType<typeof checkpointsInMemory>
}

/** A training of the tiny task: 30 steps an epoch. */
export async function trainTiny(overrides: RecipeInput, options: TinyOptions = {}): Promise<TinyRun> {
  const recipe = recipeSchema.parse({ batchSize: 16, epochs: 3, learningRate: 0.02, ...overrides })
  const controller = new AbortController()
  const gate = new PauseGate()
  const events: TrainingEvent[] = []
  const { on, checkpoints = checkpointsInMemory(), ...input } = options
  const outcome = await train({
    spec: tinySpec,
    recipe,
    provider: 'cpu',
    start: initializeParameters(describeParameters(tinySpec), recipe.seed),
    batches: tinyBatches(recipe.batchSize, 30),
    heldOut: tinyHeldOut(100),
    checkpoints,
    checkpointSeconds: 0,
    signal: controller.signal,
    gate,
    emit: (event) => {
      events.push(event)
      on?.(event, { cancel: () => controller.abort(), gate })
    },
    writeModel: () => Promise.resolve(),
    ...input,
  })
  return { outcome, events, checkpoints: checkpoints.written }
}

export const lossesOf = ({ events }: Pick<TinyRun, 'events'>): number[] =>
  events.flatMap((event) => (event.event === 'step' ? [event.loss] : []))

/** Without what depends on the machine. */
export const epochsOf = (events: readonly TrainingEvent[]): Omit<EpochEvent, 'seconds'>[] =>
  events.flatMap((event) => {
    if (event.event !== 'epoch') return []
    const { seconds: _, ...rest } = event
    return [rest]
  })
