import type { WriterResult } from './measureTeaching'

/** A rung with so many samples a class, over all writers; shares, and seconds. */
export interface TeachingSummary {
  readonly mode: string
  readonly shots: number
  readonly writers: number
  readonly before: number
  readonly after: number
  /** Standard deviation of the accuracies after, over the writers. */
  readonly spread: number
  /** By how much all errors together fell, as a share of them. */
  readonly errorsGone: number
  /** Writers that are read worse by more than a point. */
  readonly worse: number
  readonly baseBefore: number
  readonly baseAfter: number
  readonly lowestBaseAfter: number
  /** Median and longest. */
  readonly seconds: number
  readonly longestSeconds: number
}

export function summarizeTeaching(results: readonly WriterResult[]): TeachingSummary[] {
  const groups = new Map<string, WriterResult[]>()
  for (const result of results) {
    const key = `${result.shots} ${result.mode}`
    groups.set(key, [...(groups.get(key) ?? []), result])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const mean = (of: (result: WriterResult) => number): number =>
      group.reduce((sum, result) => sum + of(result), 0) / group.length
    const after = mean((result) => result.after)
    const errors = (of: (result: WriterResult) => number): number =>
      group.reduce((sum, result) => sum + (1 - of(result)) * result.measured, 0)
    const [errorsBefore, errorsAfter] = [errors((result) => result.before), errors((result) => result.after)]
    const seconds = group.map((result) => result.seconds).sort((a, b) => a - b)
    return [
      {
        ...{ mode: first.mode, shots: first.shots, writers: group.length, after },
        before: mean((result) => result.before),
        spread: Math.sqrt(mean((result) => (result.after - after) ** 2)),
        errorsGone: errorsBefore === 0 ? 0 : 1 - errorsAfter / errorsBefore,
        worse: group.filter((result) => result.before - result.after > 0.01).length,
        baseBefore: first.baseBefore,
        baseAfter: mean((result) => result.baseAfter),
        lowestBaseAfter: Math.min(...group.map((result) => result.baseAfter)),
        seconds: seconds[Math.floor(seconds.length / 2)] ?? 0,
        longestSeconds: seconds.at(-1) ?? 0,
      },
    ]
  })
}
