import { z } from 'zod'
import { rasterSchema } from '../image/raster'

export const candidateSchema = z.object({
  label: z.string(),
  /** Calibrated on held-out samples: of the answers given with 0.9, nine in ten are right. */
  probability: z.number(),
})

/** What one reading of ink or of a picture found. */
export const predictionSchema = z.object({
  model: z.string(),
  /** Best first: up to five, or twenty of a model that knows hundreds of characters. */
  candidates: z.array(candidateSchema).min(1).max(20),
  /** 'unsure': below the model's own threshold. 'not-a-character': a scribble, a blot, nothing. */
  verdict: z.enum(['sure', 'unsure', 'not-a-character']),
  /** Exactly what the model saw. */
  raster: rasterSchema,
  /** Time of the reading in the engine, from ink to ranked answer. */
  elapsedMs: z.number(),
})

export type Candidate = z.infer<typeof candidateSchema>
export type Prediction = z.infer<typeof predictionSchema>
