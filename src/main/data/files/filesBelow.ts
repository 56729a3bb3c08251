import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError, malformed, throwIfAborted } from '../dataErrors'

/** More files and folders than any data set has; a tree without end has more. */
const mostEntries = 2_000_000
const deepest = 64

/**
 * The plain files below a folder that are wanted, as paths inside of it with '/', in an order that is the same on every
 * system, as the seeds of a training count on it. Links are not followed.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'data-malformed' (more entries than any data set has), 'cancelled'
 */
export async function filesBelow(
  folder: string,
  wanted: (member: string) => boolean,
  signal?: AbortSignal,
): Promise<string[]> {
  const found: string[] = []
  const waiting: string[] = ['']
  let seen = 0
  for (let inner = waiting.pop(); inner !== undefined; inner = waiting.pop()) {
    throwIfAborted(signal)
    if (inner.split('/').length > deepest + 1) throw malformed(folder, inner, 'the folders are too deep')
    try {
      for await (const entry of await opendir(join(folder, inner))) {
        if (++seen > mostEntries) throw malformed(folder, inner, `it holds more than ${mostEntries} files`)
        const member = `${inner}${entry.name}`
        if (entry.isDirectory()) waiting.push(`${member}/`)
        else if (entry.isFile() && wanted(member)) found.push(member)
      }
    } catch (cause) {
      throw fileError(join(folder, inner), cause)
    }
  }
  // By code unit, whatever the system's language.
  return found.sort((first, second) => (first < second ? -1 : 1))
}
