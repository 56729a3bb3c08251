import type { Edit } from '../../shared/contract/sampleEdits'
import type { Texts } from '../locale/texts.svelte'

/** A change in words, such as "3 samples relabelled as 7". */
export function editWords({ kind, count, detail }: Edit, texts: Texts): string {
  return texts.t(`edit.${kind}`, { count, detail })
}
