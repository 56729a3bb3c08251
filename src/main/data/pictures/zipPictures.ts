import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { AppError } from '../../../shared/errors/appError'
import { malformed, messageOf } from '../dataErrors'
import { createMemberMeter, labelOfMember, refusePathTricks, type PictureMember } from './pictureSource'

/**
 * The pictures in a ZIP. Sizes are checked as declared before a member is unpacked, and yauzl stops a member that holds more
 * than it declared.
 */
export async function* zipPictures(archive: string): AsyncGenerator<PictureMember> {
  let member = 'the central directory'
  try {
    const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false })
    try {
      const meter = createMemberMeter(archive)
      for await (const entry of zip.eachEntry()) {
        member = entry.fileName
        refusePathTricks(archive, member)
        const label = labelOfMember(member)
        if (label === null) continue
        meter(member, entry.uncompressedSize)
        const stream = await zip.openReadStreamPromise(entry)
        yield { member, label, bytes: await buffer(stream) }
      }
    } finally {
      zip.close()
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(archive, member, messageOf(cause), cause)
  }
}
