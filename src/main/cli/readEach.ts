import { toAppError } from '../../shared/contract/clientError'
import { createProgress } from './progress'
import { DONE, findLanguage, reportError } from './reportError'
import type { Session } from './session'

interface ReadEach<T> {
  readonly documents: readonly T[]
  readonly exitCode: number
  /** Whether it came to the last file, rather than to an end that no other file would have escaped. */
  readonly isWhole: boolean
}

/**
 * Reads files one after the other with progress. What is wrong with one file is told in a line, and the others go on.
 *
 * @param show gets each document as it is there, with no progress in its way
 */
export async function readEach<T>(
  files: readonly string[],
  { environment, tell }: Session,
  verbose: boolean,
  read: (file: string) => Promise<T>,
  show: (document: T) => void,
): Promise<ReadEach<T>> {
  const progress = createProgress(environment, 'reading {bar} {value} of {total}')
  const documents: T[] = []
  let exitCode = DONE
  for (const [at, file] of files.entries()) {
    progress.update(at, files.length)
    try {
      const document = await read(file)
      documents.push(document)
      progress.stop()
      show(document)
    } catch (thrown) {
      progress.stop()
      const report = reportError(thrown, { language: findLanguage(environment.variables), verbose })
      tell(report.line)
      exitCode = Math.max(exitCode, report.exitCode)
      if (environment.interrupted.aborted || !isOfOneFile(thrown))
        return { documents, exitCode, isWhole: false }
    }
  }
  progress.stop()
  return { documents, exitCode, isWhole: true }
}

/** A model that is missing or an engine that does not start would fail with every file. */
function isOfOneFile(thrown: unknown): boolean {
  const { code } = toAppError(thrown)
  return !code.startsWith('model-') && code !== 'cancelled'
}
