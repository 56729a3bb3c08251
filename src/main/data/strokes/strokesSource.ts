import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ink, Point } from '../../../shared/ink/ink'
import { AppError } from '../../../shared/errors/appError'
import { charactersOf } from '../characterSets'
import { fileError, malformed, throwIfAborted } from '../dataErrors'
import { filesBelow } from '../files/filesBelow'
import type { SampleSource, SourceSample } from '../sampleSource'

/** The package whose files these are. */
const packageName = 'hanzi-writer-data'

const characterSchema = z.object({
  medians: z.array(z.array(z.tuple([z.number(), z.number()])).min(1)).min(1),
})

/**
 * Chinese characters as the strokes that they are written by: one JSON file a character, `永.json`, with the middle line of
 * each stroke in order, y upwards, as the npm package hanzi-writer-data has them.
 *
 * @param folder the package's own, or a copy of its files
 * @param characters the name of a set, or the characters themselves; null for all that there are
 * @throws AppError 'package-missing' where the folder holds no such file
 */
export async function openStrokesSource(folder: string, characters: string | null): Promise<SampleSource> {
  const isStrokes = (member: string): boolean => /^\p{Script=Han}\.json$/u.test(member)
  const held = new Set((await filesBelow(folder, isStrokes)).map((member) => member.replace('.json', '')))
  if (held.size === 0) throw new AppError('strokes-missing', { folder, name: packageName })
  const wanted = characters === null ? [...held] : charactersOf(characters).filter((one) => held.has(one))
  return { about: null, fitted: false, read: (signal) => read(folder, wanted, signal) }
}

async function* read(
  folder: string,
  characters: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<SourceSample> {
  for (const label of characters) {
    throwIfAborted(signal)
    yield { kind: 'ink', label, writer: packageName, ink: await readInk(join(folder, `${label}.json`)) }
  }
}

async function readInk(file: string): Promise<Ink> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw fileError(file, cause)
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw malformed(file, 'byte 0', 'it is not a JSON object', cause)
  }
  const parsed = characterSchema.safeParse(content)
  if (!parsed.success) throw malformed(file, 'medians', 'they are no lines of points', parsed.error)
  return parsed.data.medians.map((median) => median.map(([x, y]): Point => [x, -y]))
}
