import { z } from 'zod'

/** What a training step is computed by: ONNX Runtime, which comes with Longhand, or TensorFlow, which can be set up. */
export const trainingEngineSchema = z.enum(['onnx', 'tensorflow'])
export type TrainingEngineName = z.infer<typeof trainingEngineSchema>

/** 'auto' takes TensorFlow where it is set up and computes on a graphics card, else ONNX Runtime. */
export const engineRequestSchema = z.union([z.literal('auto'), trainingEngineSchema])
export type EngineRequest = z.infer<typeof engineRequestSchema>
