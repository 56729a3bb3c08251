import { z } from 'zod'

/** How the weights are stored in an exported file; every one of them computes in 32-bit floats. */
export const precisionSchema = z.enum(['float32', 'float16', 'int8'])

/** What was found when an exported file was run beside the model that it was made of. */
const paritySchema = z.object({
  /** How many rasters both have read. */
  samples: z.int(),
  /** Largest difference of a probability. */
  largestDifference: z.number(),
  /** Largest difference of a logit, relative to the largest logit where that is more than 1. */
  largestLogitDifference: z.number(),
  /** Share of the rasters that both give the same class. */
  agreement: z.number(),
})

/** On labelled data, beside the same network stored as float32, batch by batch in turn. */
const exportMeasurementSchema = z.object({
  data: z.string(),
  count: z.int(),
  accuracy: z.number(),
  floatAccuracy: z.number(),
  imagesPerSecond: z.number(),
  floatImagesPerSecond: z.number(),
})

/** One export of a model: what the file is, and how well it agrees with the model. */
export const modelExportSchema = z.object({
  /** The file's name, without its folder. */
  file: z.string(),
  precision: precisionSchema,
  bytes: z.int(),
  opset: z.int(),
  created: z.iso.datetime(),
  parity: paritySchema,
  measured: exportMeasurementSchema.optional(),
})

/** Whether the model's card tells of the export: those of models that ship stay as they are. */
export const cardUpdateSchema = z.enum(['updated', 'shipped', 'unwritable'])

export type Precision = z.infer<typeof precisionSchema>
export type Parity = z.infer<typeof paritySchema>
export type ExportMeasurement = z.infer<typeof exportMeasurementSchema>
export type ModelExport = z.infer<typeof modelExportSchema>
export type CardUpdate = z.infer<typeof cardUpdateSchema>
