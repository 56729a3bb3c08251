import type { Edit } from '../../shared/contract/sampleEdits'
import type { App } from '../state/app'
import { editWords } from './editWords'
import { SamplesSession } from './samplesSession.svelte'

/** The Samples screen's session, with its messages in words. */
export function createSamplesSession({ client, texts, toasts, report }: App): SamplesSession {
  const stepped = (key: 'toast.undid' | 'toast.redid', edit: Edit | null) =>
    toasts.show('edit', {
      tone: 'info',
      title: () => (edit ? texts.t(key, { edit: editWords(edit, texts) }) : texts.t('toast.nothingToUndo')),
    })
  const session = new SamplesSession(client, {
    edited: (edit) =>
      toasts.show('edit', {
        tone: 'success',
        title: () => editWords(edit, texts),
        action: { label: () => texts.t('toast.undo'), run: () => session.undo() },
      }),
    undone: (edit) => stepped('toast.undid', edit),
    redone: (edit) => stepped('toast.redid', edit),
    failed: report,
  })
  return session
}
