import { z } from 'zod'

/** One layer of a network as it stands in a table. The layers within a block come before the block's own row. */
const layerRowSchema = z.object({
  /** Its path: `conv2d1`, or `residual2.conv2d1`. */
  name: z.string(),
  type: z.string(),
  /** What it gives for one sample: [channels, height, width], or [units]. */
  output: z.array(z.int()),
  /** How many numbers of its own a training adjusts. */
  parameters: z.int(),
  /** Floating-point operations for reading one sample, a multiplication and an addition being two. */
  flops: z.number(),
})

/** A network, layer by layer, its head last. */
export const networkTableSchema = z.object({
  name: z.string(),
  /** [channels, height, width] */
  input: z.array(z.int()),
  layers: z.array(layerRowSchema),
  parameters: z.int(),
  flops: z.number(),
})

export type LayerRow = z.infer<typeof layerRowSchema>
export type NetworkTable = z.infer<typeof networkTableSchema>
