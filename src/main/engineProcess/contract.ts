import type { Ink } from '../../shared/ink/ink'
import type { ModelCard } from '../../shared/model/modelCard'
import type { ModelSpec } from '../../shared/model/modelSpec'
import type { Evaluation } from '../../shared/recognition/evaluation'
import type { Prediction } from '../../shared/recognition/prediction'
import type { Provider, Recipe } from '../../shared/training/recipe'
import type { TrainingEvent } from '../../shared/training/trainingEvent'

/** A method of the engine process: input and output cross the boundary by structured clone, events while it runs. */
interface Method<Input, Output, Event = never> {
  input: Input
  output: Output
  event: Event
}

/**
 * What the main process asks of an engine process. Both ends are one build and trust each other, so nothing is validated
 * here; it was at the contract. Every method is cancelled through its AbortSignal, which long ones look at between steps.
 */
export interface EngineContract {
  /** Loads a model and runs it once, so that the next reading is quick. */
  load: Method<{ modelFolder: string }, ModelCard>
  recognizeInk: Method<{ modelFolder: string; ink: Ink }, Prediction>
  /** `file` names the picture in errors. */
  recognizePicture: Method<{ modelFolder: string; picture: Uint8Array; file: string }, Prediction>
  train: Method<
    {
      /** A whole spec, or a shipped one by name; where its classes are null, they are the labels of the data. */
      spec: ModelSpec | { name: string; classes: readonly string[] | null }
      data: string
      /** A model's folder to take the first weights from; null starts from random ones. */
      fromFolder: string | null
      recipe: Recipe
      provider: Provider
      outFolder: string
      name: string
      command: string
    },
    Extract<TrainingEvent, { event: 'done' }>,
    TrainingEvent
  >
  evaluate: Method<
    { modelFolder: string; data: string; only: readonly string[] | null; provider: Provider },
    Evaluation,
    { done: number; total: number }
  >
  /** Whether a provider really works: a small graph is run on it and its result compared with the CPU's. */
  probeProvider: Method<{ provider: Provider }, { works: boolean; detail: string; elapsedMs: number }>
  versions: Method<Record<string, never>, { onnxruntime: string; node: string; providers: string[] }>
}
