import { z } from 'zod'

/** What a set-up of TensorFlow left in its folder, as `setup.json`: where the parts lie that a training loads. */
export const tensorflowSetupSchema = z.object({
  format: z.literal(1),
  /** The folder of the package @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu; relative to the set-up's own. */
  package: z.string().min(1),
  /** The package's native half, which is linked to libtensorflow; relative likewise. */
  addon: z.string().min(1),
  /** What it was made of, for people to read. */
  source: z.string(),
  installed: z.iso.datetime(),
})
export type TensorflowSetup = z.infer<typeof tensorflowSetupSchema>

/** What was found by loading TensorFlow and training a step with it. */
export const tensorflowReportSchema = z.object({
  version: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** The first step of a small network, loading not counted, in milliseconds. */
  stepMs: z.number(),
  /** Of the engine process with TensorFlow in it. */
  memoryBytes: z.number(),
})
export type TensorflowReport = z.infer<typeof tensorflowReportSchema>
