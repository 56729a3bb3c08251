import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileError } from '../dataErrors'
import { labelOfMember, type PictureMember } from './pictureSource'

/** The pictures below a folder, in the order of their paths; links are not followed. */
export async function* folderPictures(folder: string): AsyncGenerator<PictureMember> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw fileError(folder, cause)
  })
  const members = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  // By code unit: the same order on every system, as the seeds of a training count on it.
  members.sort((first, second) => (first < second ? -1 : 1))
  for (const member of members) {
    const label = labelOfMember(member)
    if (label === null) continue
    const file = join(folder, member)
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw fileError(file, cause)
    })
    yield { member, label, bytes }
  }
}
