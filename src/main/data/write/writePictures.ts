import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { cardMember } from '../card/cardInside'
import { cardMarkdown } from '../card/cardMarkdown'
import type { DatasetCard } from '../card/datasetCard'
import { folderNames } from '../../../shared/folderNames'
import { mapInBatches } from './byteStreams'
import { encodedAtOnce, encodePng, type PictureSample } from './encodePicture'

interface Member {
  readonly name: string
  readonly bytes: Buffer
}

/** One time for all members, so that the same samples make the same bytes. */
const mtime = new Date(Date.UTC(2000, 0, 1))

/**
 * PNGs in one folder per label, ink light on dark, as a ZIP: `FOLDER/NUMBER.png`, or `FOLDER/NUMBER-wWRITER.png`. The card comes
 * first, and says what folders and writers' numbers mean.
 *
 * @param card with its writers
 */
export async function* writePictures(
  samples: AsyncIterable<PictureSample>,
  card: DatasetCard,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = Readable.from(zip.outputStream as AsyncIterable<Buffer>, { objectMode: false })
  const feed = async (): Promise<void> => {
    for await (const member of members(samples, card)) await addMember(zip, member)
    zip.end()
  }
  feed().catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    yield* output as AsyncIterable<Buffer>
  } finally {
    output.destroy()
  }
}

/** Done when its bytes were taken. The archive keeps what it is given until its end, so that it is given no stream before. */
function addMember(zip: ZipFile, { name, bytes }: Member): Promise<void> {
  return new Promise((resolve, reject) => {
    let held: Buffer | null = bytes
    zip.addReadStreamLazy(name, { mtime, compress: false, size: bytes.length }, (use) => {
      const stream = Readable.from([held ?? ''], { objectMode: false })
      held = null
      stream.once('end', resolve)
      stream.once('error', reject)
      use(null, stream)
    })
  })
}

async function* members(samples: AsyncIterable<PictureSample>, card: DatasetCard): AsyncGenerator<Member> {
  yield { name: cardMember, bytes: Buffer.from(JSON.stringify(card, null, 1)) }
  yield { name: 'README.md', bytes: Buffer.from(cardMarkdown(card)) }
  const names = folderNames(card.labels)
  const folderOf = new Map(card.labels.map((label, at) => [label, names[at]]))
  const numberOf = new Map((card.writers ?? []).map((writer, at) => [writer, at]))
  yield* mapInBatches(samples, encodedAtOnce, async ({ label, writer, picture }, index) => {
    const by = writer === null ? '' : `-w${numberOf.get(writer) ?? ''}`
    const name = `${folderOf.get(label) ?? ''}/${String(index).padStart(7, '0')}${by}.png`
    return { name, bytes: await encodePng(picture) }
  })
}
