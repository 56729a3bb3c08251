import { z } from 'zod'
import { providerSchema } from '../training/recipe'

export const doctorReportSchema = z.object({
  longhand: z.string(),
  node: z.string(),
  /** Null outside Electron. */
  electron: z.string().nullable(),
  onnxruntime: z.string(),
  platform: z.string(),
  cpu: z.object({ model: z.string(), cores: z.int() }),
  memoryBytes: z.number(),
  /** Names of the display adapters, as far as the system tells. */
  gpus: z.array(z.string()),
  providers: z.array(
    z.object({
      provider: providerSchema,
      works: z.boolean(),
      /** Why it does not work, or what it was measured at. */
      detail: z.string(),
      elapsedMs: z.number(),
    }),
  ),
  dataFolder: z.object({ path: z.string(), writable: z.boolean(), freeBytes: z.number() }),
})
export type DoctorReport = z.infer<typeof doctorReportSchema>
