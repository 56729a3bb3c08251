import { createHash } from 'node:crypto'
import { splitSchema, type Split } from '../../shared/samples/sampleQuery'

const shares: readonly { split: Split; below: number }[] = [
  { split: 'train', below: 0.8 },
  { split: 'validation', below: 0.9 },
  { split: 'test', below: 1 },
]

/** How splits are written in the store. */
export const splitNumber = (split: Split): number => splitSchema.options.indexOf(split)

/**
 * The split of what one writer wrote in one session, in whichever data set; the same each time. Where neither is known, each
 * sample goes by its own content.
 */
export function splitOf(writer: string | null, session: string | null, content: Uint8Array): Split {
  const alone = writer === null && session === null
  const hash = createHash('sha256')
  const bytes = hash.update(alone ? content : JSON.stringify([writer, session])).digest()
  const share = bytes.readUInt32BE(0) / 2 ** 32
  return shares.find(({ below }) => share < below)?.split ?? 'train'
}
