import type { ModelSpec } from '../../shared/model/modelSpec'
import { namedSpec } from '../../shared/model/specs'
import type { ProviderRequest } from '../../shared/training/providerChoice'
import type { Recipe } from '../../shared/training/recipe'
import type { EngineRequest, TrainingEngineName } from '../../shared/training/trainingEngine'
import type { EngineContract } from '../engineProcess/contract'

export interface TrainingRequest {
  spec: string | ModelSpec
  classes?: string[] | undefined
  data: string
  fromFolder: string | null
  /** Where it is left out, a new folder among the user's own models. */
  outFolder?: string | undefined
  name?: string | undefined
  recipe: Recipe
  /** As the settings say where it is left out, and so the provider. */
  engine?: EngineRequest | undefined
  provider?: ProviderRequest | undefined
  checkpointSeconds: number
  command: string
}

/** What a training is resumed by; what is left out stays as it was. */
export interface ResumeRequest {
  folder: string
  learningRate?: number | undefined
  epochs?: number | undefined
  engine?: TrainingEngineName | undefined
}

/**
 * A spec by name goes on by name: its classes may be known only once the data is read.
 * @throws AppError 'spec-unknown'
 */
export function specOf({ spec, classes }: TrainingRequest): EngineContract['train']['input']['spec'] {
  if (typeof spec !== 'string') return classes ? { ...spec, classes } : spec
  // For the name alone: two classes stand in.
  namedSpec(spec, ['0', '1'])
  return { name: spec, classes: classes ?? null }
}
