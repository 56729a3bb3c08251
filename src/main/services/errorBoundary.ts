import { ORPCError, mapEventIterator } from '@orpc/client'
import { z } from 'zod'
import { APP_ERROR } from '../../shared/contract/clientError'
import { AppError, toWireError, type WireError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'

/**
 * The one place where what the services threw becomes what crosses the wire: an AppError keeps its code and data; input
 * that broke the schema becomes 'bad-input'; anything else is a fault of ours, logged with its stack and sent as 'internal'.
 */
export function createErrorBoundary(log: Logger) {
  const toOrpcError = (thrown: unknown, path: readonly string[]): ORPCError<string, unknown> => {
    const error = toAppFault(thrown)
    const method = path.join('.')
    if (error.code === 'internal') log.error({ method, error: thrown }, 'a call failed')
    else log.debug({ method, code: error.code, data: error.data }, 'a call was answered with an error')
    if (error.code === 'bad-input') log.warn({ method, data: error.data }, 'a message was refused')
    return new ORPCError(APP_ERROR, {
      status: 422,
      message: error.code,
      // Without the stack, which is for the log only.
      data: { code: error.code, data: error.data },
      cause: thrown,
    })
  }

  /** As an oRPC middleware. It is the outermost, so it also sees what the validation of the input throws. */
  return async <Result extends { output: unknown }>(
    path: readonly string[],
    next: () => Result | PromiseLike<Result>,
  ): Promise<Result> => {
    try {
      const result = await next()
      if (!isAsyncIterator(result.output)) return result
      const output = mapEventIterator(result.output, {
        value: (event: unknown) => Promise.resolve(event),
        error: (thrown) => Promise.resolve(toOrpcError(thrown, path)),
      })
      return { ...result, output }
    } catch (thrown) {
      throw toOrpcError(thrown, path)
    }
  }
}

const issuesSchema = z.object({
  issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional() })).min(1),
})

/** What breaks the contract's schema, in words; null for anything else that was thrown. */
export function inputFault(thrown: unknown): AppError | null {
  if (!(thrown instanceof ORPCError) || thrown.code !== 'BAD_REQUEST') return null
  const found = issuesSchema.safeParse(thrown.data)
  const detail = found.success
    ? found.data.issues
        .slice(0, 3)
        .map((issue) => (issue.path?.length ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
        .join('; ')
    : thrown.message
  return new AppError('bad-input', { detail })
}

function toAppFault(thrown: unknown): WireError {
  const fault = inputFault(thrown)
  if (fault) return toWireError(fault)
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return toWireError(new AppError('cancelled', {}))
  return toWireError(thrown)
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value
}
