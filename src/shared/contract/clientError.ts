import { ORPCError } from '@orpc/contract'
import { z } from 'zod'
import { AppError, fromWireError } from '../errors/appError'
import { isErrorCode } from '../errors/errorTexts'

/** The code under which an AppError crosses oRPC; its own code and data are in the data. */
export const APP_ERROR = 'APP_ERROR'

const appErrorDataSchema = z.object({
  code: z.string().refine(isErrorCode),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
})

/**
 * What a client caught, as the AppError that the services threw. A message that oRPC itself refused is 'bad-input', a
 * call that was aborted 'cancelled', a transport that closed under it 'connection-lost'; anything else is 'internal'.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown as AppError
  if (thrown instanceof ORPCError) return fromOrpcError(thrown as ORPCError<string, unknown>)
  if (!(thrown instanceof Error)) return new AppError('internal', { detail: String(thrown) })
  if (isClosedTransport(thrown)) return new AppError('connection-lost', {}, { cause: thrown })
  if (thrown.name === 'AbortError') return new AppError('cancelled', {}, { cause: thrown })
  return new AppError('internal', { detail: thrown.message }, { cause: thrown })
}

function fromOrpcError(error: ORPCError<string, unknown>): AppError {
  const ours = error.code === APP_ERROR ? appErrorDataSchema.safeParse(error.data) : undefined
  if (ours?.success && isErrorCode(ours.data.code)) {
    return fromWireError({ code: ours.data.code, data: ours.data.data })
  }
  if (error.code === 'BAD_REQUEST' || error.code === 'NOT_FOUND') {
    return new AppError('bad-input', { detail: error.message }, { cause: error })
  }
  return new AppError('internal', { detail: `${error.code} ${error.message}` }, { cause: error })
}

/** oRPC has no error class of its own for this: its queues and links say so in the message only. */
function isClosedTransport(error: Error): boolean {
  return error.message.startsWith('[AsyncIdQueue]') || error.message.includes('WebSocket is not open')
}
