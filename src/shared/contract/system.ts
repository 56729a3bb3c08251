import { z } from 'zod'
import { providerChoiceSchema, triedProviderSchema } from '../training/providerChoice'
import { providerSchema } from '../training/recipe'
import { tensorflowFindingSchema } from './tensorflow'

export const doctorReportSchema = z.object({
  longhand: z.string(),
  node: z.string(),
  /** Null outside Electron. */
  electron: z.string().nullable(),
  onnxruntime: z.string(),
  platform: z.string(),
  cpu: z.object({ model: z.string(), cores: z.int() }),
  memoryBytes: z.number(),
  /** Names of the display adapters, with their drivers, as far as the system tells. */
  gpus: z.array(z.string()),
  providers: z.array(triedProviderSchema),
  /** Null where it is not set up. */
  tensorflow: tensorflowFindingSchema.nullable(),
  /** What a training like the one that was measured runs on where nobody chooses. */
  training: providerChoiceSchema.omit({ tried: true }).extend({
    /** The named network that was measured. */
    spec: z.string(),
  }),
  /** What the app reads with. */
  recognition: providerSchema,
  dataFolder: z.object({ path: z.string(), writable: z.boolean(), freeBytes: z.number() }),
})
export type DoctorReport = z.infer<typeof doctorReportSchema>
