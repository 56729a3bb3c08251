import { open } from 'node:fs/promises'
import { parseCard, type DatasetCard } from './datasetCard'

/** More than a card of a million writers takes. */
const largestCard = 64 * 2 ** 20

/** Where the card of a data file lies whose format has no room for one. */
export const cardFile = (file: string): string => `${file}.card.json`

/** The card beside a data file; null where there is none of ours. */
export async function readCardBeside(file: string): Promise<DatasetCard | null> {
  try {
    const handle = await open(cardFile(file))
    try {
      const { size } = await handle.stat()
      return size > largestCard ? null : parseCard(await handle.readFile('utf8'))
    } finally {
      await handle.close()
    }
  } catch {
    // The card is an extra: data without one is data.
    return null
  }
}
