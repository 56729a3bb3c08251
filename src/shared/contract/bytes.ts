import { z } from 'zod'

/** Bytes of any length. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, {
  error: 'it must be bytes',
})
