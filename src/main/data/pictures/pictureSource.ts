import { malformed } from '../dataErrors'
import { isPictureName } from './pictureFormat'

/** One labelled picture file of a folder or an archive. */
export interface PictureMember {
  /** Path inside the folder or archive, with '/'. */
  readonly member: string
  readonly label: string
  readonly bytes: Buffer
}

/** Caps against archives that are made to fill the memory or the disk. */
const pictureLimits = {
  members: 1_000_000,
  bytesPerMember: 64 * 2 ** 20,
  bytesInAll: 8 * 2 ** 30,
} as const

/** The label of a member: its folder's name. Null for what is no labelled picture and is skipped. */
export function labelOfMember(member: string): string | null {
  const parts = member.split('/').filter((part) => part !== '' && part !== '.')
  // Dot files and macOS' resource forks look like pictures by their names.
  if (parts.some((part) => part.startsWith('.') || part === '__MACOSX')) return null
  const file = parts.at(-1)
  const label = parts.at(-2)
  if (file === undefined || label === undefined || !isPictureName(file)) return null
  return label.normalize('NFC')
}

/** Refuses names that point out of the archive. Nothing is ever written there, but such an archive is not to be trusted. */
export function refusePathTricks(archive: string, member: string): void {
  const tricky =
    /^([a-z]:|[\\/])/i.test(member) || member.split(/[\\/]/).includes('..') || member.includes('\0')
  if (tricky) throw malformed(archive, member, 'the path leads out of the archive')
}

/**
 * Counts members and bytes of one archive; throws 'data-malformed' once a limit is passed. What is not kept in memory may be of any
 * size by itself.
 */
export function createMemberMeter(archive: string): (member: string, bytes: number, kept?: boolean) => void {
  let members = 0
  let total = 0
  return (member, bytes, kept = true) => {
    members++
    total += bytes
    if (members > pictureLimits.members)
      throw malformed(archive, member, `more than ${pictureLimits.members} members`)
    if (kept && bytes > pictureLimits.bytesPerMember)
      throw malformed(archive, member, `unpacked it takes ${bytes} bytes`)
    if (total > pictureLimits.bytesInAll)
      throw malformed(archive, member, `unpacked it all takes ${total} bytes`)
  }
}
