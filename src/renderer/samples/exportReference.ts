import { formatFilter } from '../../shared/samples/filterText'
import type { SampleFilter } from '../../shared/samples/sampleQuery'

/** What of a data set goes out: all of it, what the filter leaves, or what was put right. */
export type ExportPart = 'all' | 'filtered' | 'corrected'

export function exportReference(dataset: string, filter: SampleFilter, part: ExportPart): string {
  const text = formatFilter(part === 'all' ? {} : part === 'corrected' ? { corrected: true } : filter)
  return text === '' ? `dataset:${dataset}` : `dataset:${dataset}?${text}`
}
