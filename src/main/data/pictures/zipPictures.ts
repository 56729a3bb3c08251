import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { AppError } from '../../../shared/errors/appError'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import { createMemberMeter, labelOfMember, refusePathTricks, type PictureMember } from './pictureSource'

/**
 * The pictures in a ZIP. Sizes are checked as declared before a member is unpacked, and yauzl stops a member that holds more
 * than it declared.
 */
export async function* zipPictures(archive: string, signal?: AbortSignal): AsyncGenerator<PictureMember> {
  let member = 'the central directory'
  try {
    const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false })
    try {
      const meter = createMemberMeter(archive)
      for await (const entry of zip.eachEntry()) {
        throwIfAborted(signal)
        member = entry.fileName
        refusePathTricks(archive, member)
        const label = labelOfMember(member)
        meter(member, label === null ? 0 : entry.uncompressedSize)
        if (label === null) continue
        const stream = await zip.openReadStreamPromise(entry)
        yield { member, label, bytes: await buffer(stream) }
        // What yauzl itself refuses is told before there is an entry.
        member = `what follows ${member}`
      }
    } finally {
      zip.close()
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(archive, member, messageOf(cause), cause)
  }
}
