import type { Dataset } from './dataset'

/**
 * Who wrote each sample, and in which sitting, as one name: near-identical repeats have the same. [count]; all alike where the
 * data tells neither.
 */
export function sittingsOf({ count, writers, sittings }: Dataset): string[] {
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify([writers?.[i] ?? null, sittings?.[i] ?? null]),
  )
}
