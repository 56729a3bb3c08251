import type { Texts } from '../locale/texts.svelte'
import { formatProbability } from './formatProbability'
import type { WriteSession } from './writeSession.svelte'

/** The answer for a screen reader; empty while it may still change under the pen. */
export function announcement(session: WriteSession, texts: Texts): string {
  if (session.pad.isWriting || session.reading.isBehind) return ''
  if (session.commit) return texts.t('reading.announceAccepted', { label: session.commit.label })
  const prediction = session.reading.prediction
  const best = prediction?.candidates[0]
  if (!prediction || !best) return ''
  if (prediction.verdict === 'not-a-character') return texts.t('reading.reject')
  return texts.t(prediction.verdict === 'sure' ? 'reading.announce' : 'reading.announceUnsure', {
    label: best.label,
    probability: formatProbability(best.probability, texts.language),
  })
}
