import { z } from 'zod'
import { recipeChangeSchema } from '../../../shared/model/modelCard'
import { modelSpecSchema } from '../../../shared/model/modelSpec'
import { providerSchema, recipeSchema, type Recipe } from '../../../shared/training/recipe'
import { trainingEngineSchema } from '../../../shared/training/trainingEngine'
import { trainingPositionSchema } from '../../engine/training/trainingCheckpoint'

/** What a training is, apart from how far it is. */
const trainingJobSchema = z.object({
  name: z.string(),
  spec: modelSpecSchema,
  data: z.string(),
  /** See dataFingerprint.ts. */
  fingerprint: z.string(),
  /** As it was begun with. */
  recipe: recipeSchema,
  /** What was changed when it was resumed. */
  history: z.array(recipeChangeSchema),
  engine: trainingEngineSchema.default('onnx'),
  provider: providerSchema,
  /** Name of the model that the first weights are from. */
  parent: z.string().nullable(),
  checkpointSeconds: z.number(),
  command: z.string(),
})
export type TrainingJob = z.infer<typeof trainingJobSchema>

/** What a checkpoint holds besides its tensors. */
const checkpointContentSchema = z.object({ job: trainingJobSchema, position: trainingPositionSchema })
export type CheckpointContent = z.infer<typeof checkpointContentSchema>

/** Null for anything else. */
export function parseCheckpointContent(content: unknown): CheckpointContent | null {
  const parsed = checkpointContentSchema.safeParse(content)
  return parsed.success ? parsed.data : null
}

/** The recipe to go on with. */
export function currentRecipe({ recipe, history }: TrainingJob): Recipe {
  const last = history.at(-1)
  return last ? { ...recipe, learningRate: last.learningRate, epochs: last.epochs } : recipe
}
