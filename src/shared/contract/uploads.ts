import { z } from 'zod'
import { bytesSchema } from './bytes'

/** A file within what is handed over: names between slashes, none of which leads elsewhere. */
const memberSchema = z
  .string()
  .min(1)
  .max(1024)
  .refine((path) => path.split('/').every((name) => /^(?!\.{1,2}$)[^\p{Cc}\\:*?"<>|/]{1,255}$/u.test(name)), {
    error: 'it must be names between slashes',
  })

/** So many bytes of a file are handed over at once. */
export const mostUploadBytes = 4 * 2 ** 20

export const uploadPartSchema = z.object({
  /** What the first part was answered with; null begins. */
  upload: z.uuid().nullable(),
  /** Parts of one file come one after the other, in their order. */
  path: memberSchema,
  bytes: bytesSchema.refine(({ length }) => length <= mostUploadBytes, { error: 'it must be a part' }),
})
export type UploadPart = z.infer<typeof uploadPartSchema>

export const uploadSchema = z.object({
  upload: z.uuid(),
  /** Where the files lie until `samples.dropUpload`. */
  folder: z.string(),
})
export type Upload = z.infer<typeof uploadSchema>
