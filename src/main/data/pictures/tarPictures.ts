import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { AppError } from '../../../shared/errors/appError'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import { createMemberMeter, labelOfMember, refusePathTricks, type PictureMember } from './pictureSource'

/** The pictures in a tar, gzipped or not; only plain files count, links are passed by. */
export async function* tarPictures(
  archive: string,
  gzipped: boolean,
  signal?: AbortSignal,
): AsyncGenerator<PictureMember> {
  let member = 'the first header'
  const bytes = createReadStream(archive)
  const unpacked = extract()
  // The reader below is told of a failure by the destroyed stream itself.
  const done = (): void => undefined
  if (gzipped) pipeline(bytes, createGunzip(), unpacked, done)
  else pipeline(bytes, unpacked, done)
  const meter = createMemberMeter(archive)
  try {
    for await (const entry of unpacked) {
      throwIfAborted(signal)
      member = entry.header.name
      refusePathTricks(archive, member)
      const label = entry.header.type === 'file' ? labelOfMember(member) : null
      // What is passed by is unpacked all the same.
      meter(member, entry.header.size, label !== null)
      if (label === null) {
        entry.resume()
        continue
      }
      yield { member, label, bytes: await buffer(entry) }
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(archive, member, messageOf(cause), cause)
  } finally {
    bytes.destroy()
    unpacked.destroy()
  }
}
