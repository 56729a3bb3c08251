import { z } from 'zod'
import { rasterSchema } from '../image/raster'

/** An encoded picture: PNG, JPEG, WebP, BMP or TIFF. */
export const pictureBytesSchema = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.length <= 64 * 1024 * 1024, {
    error: 'a picture may take 64 MiB',
  })

/** A place on a straightened page, in its pixels. */
export const pageBoxSchema = z.object({
  x: z.int().min(0).max(16_384),
  y: z.int().min(0).max(16_384),
  width: z.int().min(1).max(16_384),
  height: z.int().min(1).max(16_384),
})
export type PageBox = z.infer<typeof pageBoxSchema>

export const characterBoxSchema = pageBoxSchema.extend({
  /** From 0, from the top and from the left. */
  row: z.int().min(0),
  column: z.int().min(0),
  /** From 0 to 1: how like the page's other characters it is in size, and how clearly apart from its neighbours. */
  confidence: z.number().min(0).max(1),
  /** What a sheet asks for in that place; null on any other page. */
  label: z.string().nullable(),
})
export type CharacterBox = z.infer<typeof characterBoxSchema>

export const cutPageSchema = z.object({
  /** The page with its lines level, as a grey PNG of `width` x `height`; dark on light. */
  page: z.instanceof(Uint8Array),
  width: z.int(),
  height: z.int(),
  boxes: z.array(characterBoxSchema),
  /** Null where the page is no sheet of Longhand's. */
  sheet: z.object({ page: z.int().min(1), pages: z.int().min(1) }).nullable(),
})
export type CutPage = z.infer<typeof cutPageSchema>

/** What is in one box; the other characters' ink is left out. */
export const characterSampleSchema = z.object({
  /** By the model's recipe; null where the box holds no ink. */
  raster: rasterSchema.nullable(),
  /** The character alone, dark on light, as a PNG of the page's own pixels. */
  picture: z.instanceof(Uint8Array),
})
export type CharacterSample = z.infer<typeof characterSampleSchema>

/** What printable sheets ask for. */
export const sheetRequestSchema = z.object({
  labels: z
    .array(
      z
        .string()
        .min(1)
        .max(8)
        .regex(/^\P{Cc}+$/u),
    )
    .min(1)
    .max(10_000),
  /** How often each is to be written. */
  copies: z.int().min(1).max(100).default(1),
})

/** Boxes that one page may have. */
export const mostBoxes = 5000
