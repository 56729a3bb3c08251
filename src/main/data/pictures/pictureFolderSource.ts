import { AppError } from '../../../shared/errors/appError'
import type { Raster } from '../../../shared/image/raster'
import { cardMember, readCardInside } from '../card/cardInside'
import type { DatasetCard } from '../card/datasetCard'
import { folderNames } from '../../../shared/folderNames'
import { malformed, throwIfAborted } from '../dataErrors'
import { firstBytes, isFolder } from '../files/fileKind'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { folderPictures } from './folderPictures'
import type { PictureMember } from './pictureSource'
import { readGrey, upright } from './readPicture'
import { tarPictures } from './tarPictures'
import { zipPictures } from './zipPictures'

/** Pictures that are decoded at the same time; sharp has its own threads. */
const decodedAtOnce = 16

/**
 * Pictures that lie in one folder per label, in a folder or in a ZIP or tar (gzipped or not; told by the first bytes). Any
 * folders may stand before the label's. Files that are no pictures by name are skipped; a blank picture stays, as an
 * empty one, so that counts add up. Where a card of ours is with them, it says what folders and names mean, and the pictures
 * are taken as they are.
 */
export async function openPictureSource(path: string): Promise<SampleSource> {
  const card = await readCardInside(path)
  return { about: card, fitted: card !== null, read: (signal, notes) => read(path, card, signal, notes) }
}

async function* read(
  path: string,
  card: DatasetCard | null,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample> {
  throwIfAborted(signal)
  const describe = card ? cardReader(path, card) : ownName
  let waiting: PictureMember[] = []
  const decodeWaiting = async (): Promise<SourceSample[]> => {
    const batch = waiting
    waiting = []
    const pictures = await Promise.all(batch.map((member) => decode(path, member, card !== null, notes)))
    throwIfAborted(signal)
    return pictures.flatMap((picture, at) => {
      const member = batch[at]
      return member && picture ? [{ kind: 'picture' as const, ...describe(member), picture }] : []
    })
  }
  for await (const member of await openMembers(path, signal)) {
    waiting.push(member)
    if (waiting.length === decodedAtOnce) yield* await decodeWaiting()
  }
  yield* await decodeWaiting()
}

type Described = Pick<SourceSample, 'label' | 'writer'>

function ownName({ label }: PictureMember): Described {
  return { label, writer: null }
}

/** What folders and file names mean where we wrote them: `FOLDER/NUMBER.png`, or `FOLDER/NUMBER-wWRITER.png`. */
function cardReader(path: string, card: DatasetCard): (member: PictureMember) => Described {
  const labels = new Map(folderNames(card.labels).map((folder, at) => [folder, card.labels[at]]))
  return ({ member, label: folder }) => {
    const label = labels.get(folder)
    if (label === undefined) throw malformed(path, member, `${cardMember} knows no folder of that name`)
    const number = /-w(\d+)\.png$/.exec(member)?.[1]
    if (number === undefined) return { label, writer: null }
    const writer = card.writers?.[Number(number)]
    if (writer === undefined) throw malformed(path, member, `${cardMember} knows no writer number ${number}`)
    return { label, writer }
  }
}

async function decode(
  path: string,
  { member, bytes }: PictureMember,
  asIs: boolean,
  notes?: ReadNotes,
): Promise<Raster | null> {
  try {
    const picture = await readGrey(bytes, member)
    if (asIs) return picture
    const turned = upright(picture)
    if (turned !== picture) notes?.turned()
    return turned
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    const problem = malformed(path, member, detailOf(cause as AppError), cause)
    if (!notes?.problem) throw problem
    notes.problem(problem)
    return null
  }
}

/** Of what readGrey throws, without the file, which is told beside it. */
function detailOf({ code, data }: AppError): string {
  if (code === 'file-empty') return 'it is empty'
  if ('limit' in data) return `${data.width} x ${data.height} pixels, where ${data.limit} in all are read`
  return 'detail' in data ? data.detail : code
}

async function openMembers(path: string, signal?: AbortSignal): Promise<AsyncGenerator<PictureMember>> {
  if (await isFolder(path)) return folderPictures(path, signal)
  const start = await firstBytes(path, 512)
  if (start.length === 0) throw new AppError('file-empty', { file: path })
  if (start.toString('latin1', 0, 2) === 'PK') return zipPictures(path, signal)
  if (start[0] === 0x1f && start[1] === 0x8b) return tarPictures(path, true, signal)
  if (start.toString('latin1', 257, 262) === 'ustar') return tarPictures(path, false, signal)
  throw malformed(path, 'byte 0', 'it is neither a folder nor a ZIP or tar')
}
