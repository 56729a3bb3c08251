import { AppError } from '../../shared/errors/appError'

/** Throws 'cancelled' once the signal was aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', {})
}

export function malformed(file: string, place: string, detail: string, cause?: unknown): AppError {
  return new AppError('data-malformed', { file, place, detail }, { cause })
}

/** What a failed look at a file means to the user. */
export function fileError(file: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause as AppError
  const code = errorCode(cause)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('file-missing', { file }, { cause })
  return new AppError('file-unreadable', { file, detail: messageOf(cause) }, { cause })
}

/** True for the errors of zlib about the compressed bytes: a wrong header, a wrong sum, an end before the end. */
export function isBrokenGzip(cause: unknown): boolean {
  return /^Z_(DATA|BUF)_ERROR$/.test(errorCode(cause))
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function errorCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}
