import { z } from 'zod'

/**
 * Ink as it is stored, sent and exchanged: strokes of points `[x, y]`, `[x, y, t]` or `[x, y, t, pressure]`.
 * x grows to the right and y downwards, in any unit; t is in milliseconds; pressure lies in 0..1.
 */
const coordinate = z.number().min(-1e6).max(1e6)
export const pointSchema = z.union([
  z.tuple([coordinate, coordinate]),
  z.tuple([coordinate, coordinate, z.number()]),
  z.tuple([coordinate, coordinate, z.number(), z.number().min(0).max(1)]),
])
const strokeSchema = z.array(pointSchema).min(1).max(20_000)
export const inkSchema = z.array(strokeSchema).min(1).max(500)

export type Point = z.infer<typeof pointSchema>
export type Stroke = readonly Point[]
export type Ink = readonly Stroke[]
