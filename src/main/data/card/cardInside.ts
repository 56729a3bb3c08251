import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { parseCard, type DatasetCard } from './datasetCard'

/** The card's name in an archive or a folder of pictures. */
export const cardMember = 'dataset.json'
const largestCard = 64 * 2 ** 20

/** The card of ours in a ZIP, where it is the first member, or in a folder; null where there is none. */
export async function readCardInside(path: string): Promise<DatasetCard | null> {
  try {
    if (!(await stat(path)).isDirectory()) return await readFirstMember(path)
    const file = join(path, cardMember)
    return (await stat(file)).size > largestCard ? null : parseCard(await readFile(file, 'utf8'))
  } catch {
    // What else is wrong with the file is told by who reads the samples.
    return null
  }
}

async function readFirstMember(archive: string): Promise<DatasetCard | null> {
  const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false })
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== cardMember || entry.uncompressedSize > largestCard) return null
      return parseCard(await text(await zip.openReadStreamPromise(entry)))
    }
    return null
  } finally {
    zip.close()
  }
}
