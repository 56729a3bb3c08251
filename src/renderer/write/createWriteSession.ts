import type { App } from '../state/app'
import { WriteSession } from './writeSession.svelte'

/** The Write screen's session, made once, so that what was written is still there when the user comes back to the screen. */
export function createWriteSession({ client, texts, settings, toasts, report }: App): WriteSession {
  return new WriteSession(
    client,
    {
      kept: (label, undo) =>
        toasts.show('kept', {
          tone: 'success',
          title: () => texts.t('toast.kept', { label }),
          action: { label: () => texts.t('toast.undo'), run: undo },
        }),
      released: () => toasts.show('kept', { tone: 'info', title: () => texts.t('toast.released') }),
      failed: report,
    },
    () => settings.current.commitPauseMs,
  )
}
