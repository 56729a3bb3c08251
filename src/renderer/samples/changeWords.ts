import type { Sample } from '../../shared/contract/samples'
import { splitSchema } from '../../shared/samples/sampleQuery'
import type { TextKey, Texts } from '../locale/texts.svelte'

const fieldKeys: Readonly<Record<string, TextKey>> = {
  label: 'samples.label',
  writer: 'filter.writers',
  split: 'filter.splits',
  flagged: 'filter.flagged',
  reviewed: 'filter.reviewed',
  corrected: 'filter.corrected',
}
const marks = ['flagged', 'reviewed', 'corrected']

/** One change of a sample in words, such as "Label: 3 → 8". */
export function changeWords({ field, before, after, kind }: Sample['history'][number], texts: Texts): string {
  const name = fieldKeys[field]
  if (!name || (before === null && after === null))
    return texts.t(`edit.${kind}`, { count: 1, detail: after ?? '' })
  const value = (stored: string | null) => valueWords(field, stored, texts)
  return texts.t('sample.change', { field: texts.t(name), before: value(before), after: value(after) })
}

function valueWords(field: string, stored: string | null, texts: Texts): string {
  if (stored === null) return '–'
  if (marks.includes(field)) return texts.t(stored === '1' ? 'filter.yes' : 'filter.no')
  const split = splitSchema.options.find((known) => known === stored)
  return field === 'split' && split ? texts.t(`split.${split}`) : stored
}
