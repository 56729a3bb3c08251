import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError } from '../dataErrors'
import { filesBelow } from '../files/filesBelow'
import { labelOfMember, type PictureMember } from './pictureSource'

/** The pictures below a folder, in the order of their paths; links are not followed. */
export async function* folderPictures(folder: string, signal?: AbortSignal): AsyncGenerator<PictureMember> {
  for (const member of await filesBelow(folder, (name) => labelOfMember(name) !== null, signal)) {
    const label = labelOfMember(member)
    if (label === null) continue
    const file = join(folder, member)
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw fileError(file, cause)
    })
    yield { member, label, bytes }
  }
}
