import { z } from 'zod'

/** A sample of an audit: its id, or its place, from 0, in data that is not in the store. */
const sampleNumber = z.int().min(0)

/** A sample whose label is likely wrong. */
const suspectSchema = z.object({
  sample: sampleNumber,
  label: z.string(),
  suggested: z.string(),
  /** Probabilities by a model that has not learned from this sample. */
  labelProbability: z.number(),
  suggestedProbability: z.number(),
  /** The suggested label's log probability less that of its own: the list goes by it, largest first. */
  margin: z.number(),
  /** Whether the suggested label is as sure as it is of samples that bear it: most of these labels are wrong, of the others some. */
  isConfident: z.boolean(),
  /** Those of the suggested label that are most alike, the nearest first. */
  neighbours: z.array(z.object({ sample: sampleNumber, likeness: z.number() })),
})

/** Two samples that look the same. */
const nearDuplicateSchema = z.object({
  first: sampleNumber,
  second: sampleNumber,
  /** Correlation of the two pictures, up to 1. */
  likeness: z.number(),
  labels: z.tuple([z.string(), z.string()]),
})

export const auditSchema = z.object({
  model: z.string(),
  data: z.string(),
  samples: z.int(),
  /** Those that could be judged: their label has enough other samples to be known by. */
  judged: z.int(),
  folds: z.object({
    /** 'groups': whole writers or sessions were left out at a time; 'turns': the samples of each label in turn. */
    by: z.enum(['groups', 'turns']),
    count: z.int(),
  }),
  /** Share of the judged samples whose label was read, by a model that has not learned from them. */
  agreement: z.number(),
  /** Samples for which another label is likelier, and those of them that are confident. */
  suspectCount: z.int(),
  confidentCount: z.int(),
  /** The worst of them, worst first. */
  suspects: z.array(suspectSchema),
  duplicateCount: z.int(),
  /** The most alike of them first. */
  duplicates: z.array(nearDuplicateSchema),
  seconds: z.number(),
})
export type Audit = z.infer<typeof auditSchema>

/** The last audit of a data set. */
export const keptAuditSchema = z.object({ atMs: z.number(), audit: auditSchema })
export type KeptAudit = z.infer<typeof keptAuditSchema>

export const auditStepSchema = z.object({
  step: z.enum(['reading', 'features', 'judging', 'duplicates']),
  done: z.int(),
  total: z.int(),
})
export type AuditStep = z.infer<typeof auditStepSchema>

export const auditEventSchema = z.discriminatedUnion('event', [
  auditStepSchema.extend({ event: z.literal('progress') }),
  z.object({ event: z.literal('done'), audit: auditSchema }),
])
export type AuditEvent = z.infer<typeof auditEventSchema>
