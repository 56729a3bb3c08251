import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import { isMissing, messageOf } from './fileErrors'
import { formatShare } from './format'
import { createProgress } from './progress'
import type { Session } from './session'

/** What a picture says, as a person read it. `image` is a path from the file's own folder. */
const truthSchema = z.object({ image: z.string().min(1), text: z.string() })
type Truth = z.infer<typeof truthSchema>

/** How well pictures were read as wholes. */
interface ReadingCheck {
  pictures: number
  /** Read without one mistake. */
  right: number
  wholeAccuracy: number
  /** Edits (Levenshtein) by characters. */
  characterErrorRate: number
  wrong: { image: string; text: string; read: string }[]
}

/** Reads the pictures that a file of lines of JSON names, and compares. */
export async function checkReadings(
  file: string,
  options: { json?: true | undefined },
  { environment, print }: Session,
  readText: (path: string) => Promise<string>,
): Promise<void> {
  const truths = await readTruths(file, environment.userFolder)
  if (truths.length === 0) throw new AppError('data-empty', { data: file })
  const progress = createProgress(environment, 'reading {bar} {value} of {total}')
  const folder = dirname(resolve(environment.userFolder, file))
  const wrong: ReadingCheck['wrong'] = []
  let [edits, characters] = [0, 0]
  for (const [at, { image, text }] of truths.entries()) {
    progress.update(at, truths.length)
    const read = await readText(join(folder, image))
    edits += editsBetween(read, text)
    characters += text.length
    if (read !== text) wrong.push({ image, text, read })
  }
  progress.stop()
  const right = truths.length - wrong.length
  const check: ReadingCheck = {
    pictures: truths.length,
    right,
    wholeAccuracy: right / truths.length,
    characterErrorRate: edits / Math.max(1, characters),
    wrong,
  }
  if (options.json) {
    print(JSON.stringify(check))
    return
  }
  print(`${right} of ${truths.length} read without a mistake (${formatShare(check.wholeAccuracy)})`)
  print(`character error rate ${formatShare(check.characterErrorRate)}`)
}

async function readTruths(file: string, userFolder: string): Promise<Truth[]> {
  const content = await readFile(resolve(userFolder, file), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) throw new AppError('file-missing', { file }, { cause: error })
    throw new AppError('file-unreadable', { file, detail: messageOf(error) }, { cause: error })
  })
  return content.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '') return []
    try {
      return [truthSchema.parse(JSON.parse(line))]
    } catch (error) {
      throw new AppError('data-malformed', { file, place: `line ${at + 1}`, detail: messageOf(error) })
    }
  })
}

/** Levenshtein 1966. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1])
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
