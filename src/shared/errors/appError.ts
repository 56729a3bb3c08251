import type { ErrorCode, ErrorData } from './errorCodes'

/**
 * An error that is somebody's to act on: a code with its data. What it says, and what to do about it, is looked up in
 * errorTexts.ts, in the reader's language. Anything else that is thrown is a fault of ours and becomes 'internal'.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: C,
    readonly data: ErrorData[C],
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(data)}`, options)
  }
}

export function isAppError<C extends ErrorCode>(thrown: unknown, code: C): thrown is AppError<C> {
  return thrown instanceof AppError && thrown.code === code
}

/** The clone-safe form that crosses process boundaries. */
export interface WireError {
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, string | number>>
  /** For the log; never shown to the user. */
  readonly stack?: string | undefined
}

/** Turns anything that was thrown into its wire form; it never throws itself. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof AppError) {
    const { code, data, stack } = thrown as AppError
    return { code, data, stack }
  }
  if (thrown instanceof Error) {
    return { code: 'internal', data: { detail: thrown.message }, stack: thrown.stack }
  }
  return { code: 'internal', data: { detail: String(thrown) } }
}

export function fromWireError(wire: WireError): AppError {
  const error = new AppError(wire.code, wire.data as never)
  if (wire.stack !== undefined) error.stack = wire.stack
  return error
}
