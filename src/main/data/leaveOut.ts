import { AppError } from '../../shared/errors/appError'
import type { ReadNotes } from './sampleSource'

/**
 * A sample, or null where it cannot be read and somebody wants to be told of it: the format then goes on after it.
 * @throws AppError what `read` throws, where nobody does
 */
export function readOrLeaveOut<Sample>(notes: ReadNotes | undefined, read: () => Sample): Sample | null {
  try {
    return read()
  } catch (error) {
    leaveOut(notes, error)
    return null
  }
}

/** Notes what is wrong with a sample. @throws what is wrong, where nobody wants to be told, or it is of no sample */
export function leaveOut(notes: ReadNotes | undefined, error: unknown): void {
  if (!(error instanceof AppError) || error.code === 'cancelled' || !notes?.problem) throw error
  notes.problem(error as AppError)
}
