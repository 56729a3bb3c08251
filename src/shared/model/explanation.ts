import { z } from 'zod'
import { rasterSchema } from '../image/raster'
import { candidateSchema, predictionSchema } from '../recognition/prediction'

/** Numbers around 0 as shares of the farthest among them: 1 is -1, 128 is 0 and 255 is +1. */
const signedBytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, {
  error: 'it must be bytes',
})

/** Why a model reads a raster as it does. */
export const explanationSchema = z.object({
  model: z.string(),
  candidates: z.array(candidateSchema),
  verdict: predictionSchema.shape.verdict,
  /** What the model sees. */
  raster: rasterSchema,
  /** The answer that is explained. */
  label: z.string(),
  /** [height, width]: which way more ink at a place moves the answer's logit. */
  gradient: signedBytesSchema,
  /** [height, width]: what the answer's logit loses where a place is covered. */
  occlusion: signedBytesSchema,
  /** Samples that the network sees most like it, the most alike first. */
  nearest: z.array(z.object({ sample: z.int(), label: z.string(), similarity: z.number() })),
  /** A small change by which the model would read something else; null where none was found. */
  change: z.object({ label: z.string(), raster: rasterSchema, pixels: z.int() }).nullable(),
})
export type Explanation = z.infer<typeof explanationSchema>

/** What a layer makes of a raster. */
const layerViewSchema = z.object({
  /** Its path, as in the network's table. */
  name: z.string(),
  type: z.string(),
  /** Of what it gives. The first 128 channels are in `maps`; those of a layer of units are one pixel each. */
  channels: z.int(),
  height: z.int(),
  width: z.int(),
  /** [channels, height, width] */
  maps: signedBytesSchema,
  /** [count, height, width], each the mean over the channels that it takes; null for layers without kernels. */
  filters: z
    .object({ count: z.int(), height: z.int(), width: z.int(), kernels: signedBytesSchema })
    .nullable(),
})
export type LayerView = z.infer<typeof layerViewSchema>

export const insideViewSchema = z.object({ raster: rasterSchema, layers: z.array(layerViewSchema) })
export type InsideView = z.infer<typeof insideViewSchema>

/** What is looked at: a stored sample, or a raster as a model sees it. */
export const subjectSchema = z.union([
  z.object({ sample: z.int().min(1) }),
  z.object({ raster: rasterSchema }),
])
export type Subject = z.infer<typeof subjectSchema>
