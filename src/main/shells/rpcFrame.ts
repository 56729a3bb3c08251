import { z } from 'zod'

/**
 * One message of oRPC's peer protocol, as far as our clients use it: a call, or the abort of one. What else the protocol
 * has (uploaded forms, streams of input) no method of the contract takes, so it is refused before it is decoded: oRPC's
 * adapters answer a frame that they cannot decode with a rejection that nobody handles.
 */
const frameSchema = z.union([
  z.strictObject({ i: z.string().min(1).max(64), t: z.literal(4), p: z.unknown().optional() }),
  z.strictObject({
    i: z.string().min(1).max(64),
    t: z.literal(1).optional(),
    p: z.strictObject({
      u: z.string().regex(/^\/[a-zA-Z/]{1,200}$/),
      b: z.unknown().optional(),
      h: z.strictObject({ 'last-event-id': z.string().max(256) }).optional(),
      m: z.literal('POST').optional(),
    }),
  }),
])

/** Why a message cannot be handed to oRPC, or null where it can. */
export function frameFault(message: unknown): string | null {
  if (typeof message !== 'string') return 'it is not text'
  let frame: unknown
  try {
    frame = JSON.parse(message)
  } catch {
    return 'it is not JSON'
  }
  return frameSchema.safeParse(frame).success ? null : 'it is no call of ours'
}
