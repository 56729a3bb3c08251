import type { SampleFilter } from '../../shared/samples/sampleQuery'
import type { Texts } from '../locale/texts.svelte'

/** The first values of a list, and how many more there are; null for none. */
export function listed(values: readonly string[] | undefined): string | null {
  if (!values || values.length === 0) return null
  const shown = values.slice(0, 3).join(', ')
  return values.length > 3 ? `${shown} +${values.length - 3}` : shown
}

export function markWords({ corrected, flagged, reviewed }: SampleFilter, texts: Texts): string | null {
  const words = []
  if (corrected !== undefined) words.push(texts.t(corrected ? 'filter.corrected' : 'filter.notCorrected'))
  if (flagged !== undefined) words.push(texts.t(flagged ? 'filter.flagged' : 'filter.notFlagged'))
  if (reviewed !== undefined) words.push(texts.t(reviewed ? 'filter.reviewed' : 'filter.notReviewed'))
  return listed(words)
}

export function readingWords({ right, predicted, confidence }: SampleFilter, texts: Texts): string | null {
  const words = [...(predicted ?? [])]
  if (right !== undefined) words.push(texts.t(right ? 'filter.right' : 'filter.wrong'))
  if (confidence) words.push(`${Math.round(confidence.from * 100)}–${Math.round(confidence.to * 100)}%`)
  return listed(words)
}

/** A day as a date field has it, in local time; '' for none. */
export function dayOf(ms: number | undefined): string {
  if (ms === undefined) return ''
  const date = new Date(ms)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0'))
    .join('-')
}

/** The first moment of a day of a date field, in local time; undefined for an empty field. */
export function startOfDay(day: string): number | undefined {
  const ms = new Date(`${day}T00:00`).getTime()
  return Number.isNaN(ms) || ms < 0 ? undefined : ms
}
export const dayMs = 24 * 60 * 60 * 1000

/** Of two that exclude each other, the one that was chosen last; undefined for none. */
export function lastOf(chosen: readonly boolean[]): boolean | undefined {
  return chosen.at(-1)
}
