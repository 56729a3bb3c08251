import Check from '@lucide/svelte/icons/check'
import Flag from '@lucide/svelte/icons/flag'
import Tag from '@lucide/svelte/icons/tag'
import Trash2 from '@lucide/svelte/icons/trash-2'
import type { Texts } from '../locale/texts.svelte'
import type { IconAction } from '../ui/iconAction'
import type { SamplesSession } from './samplesSession.svelte'

/** What can be done with the samples that are chosen, wherever they are shown. */
export function sampleActions(
  session: SamplesSession,
  texts: Texts,
  disabled: boolean,
  onLabel: () => void,
): IconAction[] {
  return [
    { label: texts.t('samples.relabel'), Icon: Tag, keys: 'F2', disabled, run: onLabel },
    { label: texts.t('samples.keep'), Icon: Check, keys: 'K', disabled, run: () => session.keep() },
    { label: texts.t('samples.flag'), Icon: Flag, keys: 'F', disabled, run: () => session.flag() },
    { label: texts.t('samples.remove'), Icon: Trash2, keys: 'Del', disabled, run: () => session.remove() },
  ]
}
