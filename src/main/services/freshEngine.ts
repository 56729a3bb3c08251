import { toWireError } from '../../shared/errors/appError'
import type { EngineProcess } from '../engineProcess/host/engineProcess'

/** Runs one task in an engine process of its own: a driver that takes its process down takes nothing else with it. */
export async function inFreshEngine<T>(
  createEngine: () => EngineProcess,
  limitMs: number,
  task: (engine: EngineProcess, limit: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const engine = createEngine()
  const limit = AbortSignal.timeout(limitMs)
  try {
    return await task(engine, signal ? AbortSignal.any([signal, limit]) : limit)
  } finally {
    await engine.stop()
  }
}

/** What to write beside something that failed in it. Whoever cancelled the whole gets that instead. */
export function detailOfFailure(error: unknown, limitMs: number, signal?: AbortSignal): string {
  signal?.throwIfAborted()
  const { code, data } = toWireError(error)
  if (code === 'cancelled') return `no answer within ${limitMs / 1000} s`
  return String(data.detail ?? code)
}
