import type { Expectation } from '../../shared/recognition/line/lineReading'
import type { Settings } from '../../shared/contract/settings'
import type { App } from '../state/app'
import type { Transcript } from '../write/transcript.svelte'
import { LineSession } from './lineSession.svelte'

/** The line pad's session, made once, so that the line is still there when the user comes back. */
export function createLineSession(
  { client, texts, settings, toasts, report }: App,
  transcript: Transcript,
): LineSession {
  return new LineSession(
    client,
    transcript,
    {
      kept: (label, undo) =>
        toasts.show('kept', {
          tone: 'success',
          title: () => texts.t('toast.kept', { label }),
          action: { label: () => texts.t('toast.undo'), run: undo },
        }),
      failed: report,
    },
    () => ({
      expects: expectationOf(settings.current),
      isJoined: settings.current.lineJoined,
    }),
  )
}

/** An empty list expects nothing; nor does joined-up writing, of what is no word. */
function expectationOf({ lineExpects, lineJoined, ownWords }: Settings): Expectation {
  if (lineExpects !== 'words') return lineJoined ? 'free' : lineExpects
  return ownWords.length > 0 ? { words: ownWords } : 'free'
}
