import { oc } from '@orpc/contract'
import { z } from 'zod'

/** What the user calls a program that may ask Longhand. */
const programNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}]+$/u)

/** A program that has a token. The token itself is kept nowhere. */
export const apiProgramSchema = z.object({
  name: programNameSchema,
  createdMs: z.number(),
  /** To the minute; null where it was never used. */
  lastUsedMs: z.number().nullable(),
})
export type ApiProgram = z.infer<typeof apiProgramSchema>

export const apiStateSchema = z.object({
  /** Where it answers; null where this process does not serve it. */
  url: z.string().nullable(),
  /** Why it does not answer although it is switched on. */
  fault: z.enum(['port-taken', 'failed']).nullable(),
})
export type ApiState = z.infer<typeof apiStateSchema>

const program = z.object({ name: programNameSchema })

/** The local API for other programs: the settings `localApi` and `localApiPort` switch it. What it answers is in publicContract.ts. */
export const apiRoutes = {
  state: oc.output(apiStateSchema),
  /** The oldest first. */
  programs: oc.output(z.array(apiProgramSchema)),
  /** Makes a token, which is shown this once. @throws 'api-program-exists' */
  addProgram: oc.input(program).output(z.object({ program: apiProgramSchema, token: z.string() })),
  /** From now on its token is refused. @throws 'api-program-unknown' */
  revokeProgram: oc.input(program),
}
