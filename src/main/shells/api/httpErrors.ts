import { ORPCError } from '@orpc/server'
import { toAppError } from '../../../shared/contract/clientError'
import { LARGEST_BODY_BYTES } from '../../../shared/contract/publicContract'
import { AppError } from '../../../shared/errors/appError'
import { describeError } from '../../../shared/errors/describeError'
import type { ErrorCode } from '../../../shared/errors/errorCodes'
import { inputFault } from '../../services/errorBoundary'

/** Of those that are not 422: the request was understood, and cannot be done. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'bad-input': 400,
  'api-token-wrong': 401,
  'api-page-refused': 403,
  'api-route-unknown': 404,
  'model-unknown': 404,
  'dataset-unknown': 404,
  'api-body-too-large': 413,
  'api-body-kind': 415,
  'api-too-many': 429,
  internal: 500,
  'engine-crashed': 503,
}

export function statusOf(error: AppError): number {
  return statuses[error.code] ?? 422
}

/** What a program is answered: the code to decide by, and the words for whoever reads its log. */
export function errorBody(error: AppError) {
  const { message, action } = describeError(error, 'en')
  return { error: { code: error.code, message, action } }
}

/** What a handler threw, as oRPC carries it. */
export function toHttpError(thrown: unknown): ORPCError<string, unknown> {
  const error = inputFault(thrown) ?? toAppError(thrown)
  return new ORPCError(error.code, { status: statusOf(error), data: error, cause: thrown })
}

/** The same, with what oRPC itself refused before any handler. */
export function fromHttpError({ code, data, message }: ORPCError<string, unknown>): AppError {
  if (data instanceof AppError) return data as AppError
  if (code === 'PAYLOAD_TOO_LARGE') {
    return new AppError('api-body-too-large', { limitMegabytes: LARGEST_BODY_BYTES / 2 ** 20 })
  }
  if (code === 'BAD_REQUEST') return new AppError('bad-input', { detail: message })
  return new AppError('internal', { detail: message })
}
