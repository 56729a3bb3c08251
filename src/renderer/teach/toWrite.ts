import type { ClassCoverage } from '../../shared/teaching/teaching'

/** Nobody writes more than this in one go. */
const mostAtOnce = 40

/** Characters that have fewer than the wanted samples, those that were begun first. */
export function toWrite(coverage: readonly ClassCoverage[], wanted: number): string[] {
  return coverage
    .filter(({ samples }) => samples < wanted)
    .sort((a, b) => Number(b.samples > 0) - Number(a.samples > 0))
    .slice(0, mostAtOnce)
    .map(({ label }) => label)
}
