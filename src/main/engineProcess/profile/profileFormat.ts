import { z } from 'zod'

/** A data set's file within a profile, by the form that it is in. */
export const sampleMembers = { ink: 'samples.jsonl.gz', parquet: 'samples.parquet' } as const

/**
 * What a `.longhand` file may hold, a ZIP, and how many bytes each part unpacks to at most. There is no graph in it: what
 * runs is made anew of the card's spec and the weights.
 */
export const profileMembers = {
  'profile.json': 2 ** 16,
  'card.json': 2 ** 22,
  'weights.safetensors': 2 ** 28,
  'replay.gz': 2 ** 26,
  [sampleMembers.ink]: 2 ** 30,
  [sampleMembers.parquet]: 2 ** 30,
} as const
export type ProfileMember = keyof typeof profileMembers

/** Of the layout of profiles; a change that an older Longhand could not read counts it up. */
export const profileFormat = 1

export const profileSchema = z.object({
  longhandProfile: z.literal(profileFormat),
  title: z.string().max(200),
  note: z.string().max(10_000),
  samples: z.int().min(0),
})
export type Profile = z.infer<typeof profileSchema>
