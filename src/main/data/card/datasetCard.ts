import { z } from 'zod'

const text = z.string().max(10_000)

/** What a data set tells of itself. It travels inside of the file where the format can hold it, else beside it. */
const datasetCardSchema = z.object({
  /** Tells our cards from other JSON. */
  longhandDataset: z.literal(1),
  /** Where the samples are from. */
  source: text.default(''),
  licence: text.default(''),
  /** What the people who wrote agreed to. */
  consent: text.default(''),
  /** How many people wrote; null where it is not known. */
  people: z.int().min(0).nullable().default(null),
  kind: z.enum(['ink', 'pictures']),
  samples: z.int().min(0),
  /** By code point. */
  labels: z.array(z.string().min(1).max(64)).max(65_536),
  /** How many samples each of them has. */
  counts: z.array(z.int().min(0)).max(65_536),
  /** The writers' names, where the format refers to them by number. */
  writers: z.array(z.string().max(256)).max(1_000_000).optional(),
})

export type DatasetCard = z.infer<typeof datasetCardSchema>

/** The part of it that is known without reading a sample. */
export type DatasetAbout = Pick<DatasetCard, 'source' | 'licence' | 'consent' | 'people'>

/** Our card in a text, or null where the text is anything else. */
export function parseCard(text: string): DatasetCard | null {
  try {
    return datasetCardSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
