import { z } from 'zod'
import { tensorflowReportSchema } from '../training/tensorflowSetup'

const path = z.string().min(1).max(4096)

/** Where TensorFlow comes from. */
export const tensorflowSourceSchema = z.discriminatedUnion('from', [
  /** A wheel that is downloaded by pip: with CUDA, or the smaller one without. */
  z.object({ from: z.literal('download'), gpu: z.boolean() }),
  /** A wheel on the disk; with `gpu`, NVIDIA's libraries are downloaded beside it. */
  z.object({ from: z.literal('wheel'), file: path, gpu: z.boolean() }),
  /** A Python environment that has TensorFlow; it is used where it lies. */
  z.object({ from: z.literal('python'), folder: path, gpu: z.boolean() }),
  /** The npm package @tensorflow/tfjs-node or its twin -gpu, as npm installed it with its own libtensorflow. */
  z.object({ from: z.literal('package'), folder: path }),
])
export type TensorflowSource = z.infer<typeof tensorflowSourceSchema>

export const tensorflowStatusSchema = z.object({
  /** In which it is set up, or would be. */
  folder: z.string(),
  /** Null where it is not set up. */
  setup: z.object({ source: z.string(), installed: z.string() }).nullable(),
})
export type TensorflowStatus = z.infer<typeof tensorflowStatusSchema>

/** What is set up, and what came of trying it. */
export const tensorflowFindingSchema = z.object({
  folder: z.string(),
  source: z.string(),
  /** Null where it does not work. */
  report: tensorflowReportSchema.nullable(),
  /** What it computes on, where it works: the graphics cards that it can use, or the processor. Memory is null where unknown. */
  devices: z.array(z.object({ name: z.string(), memoryBytes: z.number().nullable() })),
  /** Why it does not work; empty where it does. */
  detail: z.string(),
})
export type TensorflowDevice = TensorflowFinding['devices'][number]
export type TensorflowFinding = z.infer<typeof tensorflowFindingSchema>

export const tensorflowSetupEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('step'),
    step: z.enum(['packages', 'download', 'unpack', 'compile', 'verify']),
  }),
  /** Of unpacking, in bytes. */
  z.object({ event: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ event: z.literal('done'), folder: z.string(), report: tensorflowReportSchema }),
])
export type TensorflowSetupEvent = z.infer<typeof tensorflowSetupEventSchema>
