import { z } from 'zod'
import { pageLineSchema } from './pageReading'

/** What was read of one picture, without the picture: what is exported, and kept while a folder is read. */
export const readDocumentSchema = z.object({
  file: z.string(),
  model: z.string(),
  width: z.int(),
  height: z.int(),
  turned: z.number(),
  lines: z.array(pageLineSchema),
})

export type ReadDocument = z.infer<typeof readDocumentSchema>

/** The lines, one under the other. */
export function textOf({ lines }: ReadDocument): string {
  return lines.map(({ text }) => text).join('\n')
}

/** How many characters a person should look at. */
export function doubtfulIn({ lines }: ReadDocument): number {
  return lines.reduce((sum, line) => sum + line.characters.filter(({ sure }) => !sure).length, 0)
}
