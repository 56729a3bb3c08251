import type { TextKey } from '../locale/texts.svelte'
import type { StageCourse } from './teachingRun.svelte'

interface Words {
  readonly key: TextKey
  readonly values?: Record<string, number>
}

/** What happens now, for those who do not read curves. */
export function stageWords(current: StageCourse | null): Words {
  if (!current) return { key: 'teach.now.reading' }
  const { stage, step } = current
  const isOver = step !== null && step.step >= step.steps
  if (stage.part === 'final') return { key: isOver ? 'teach.now.measuring' : 'teach.now.final' }
  return { key: 'teach.now.trial', values: { number: stage.number, of: stage.of } }
}

/** Differences of the loss and of the accuracy below these are noise. */
const noise = { loss: 0.02, accuracy: 0.005 }

/** Whether it is getting anywhere, from the epochs of the training that runs. */
export function trendWords(current: StageCourse | null): Words | null {
  const epochs = current?.epochs ?? []
  const [first] = epochs
  const last = epochs.at(-1)
  const before = epochs.at(-3)
  if (!first || !last || !before || last === first) return null
  const learns = last.trainingLoss < before.trainingLoss - noise.loss
  const forgets = last.validationAccuracy < first.validationAccuracy - noise.accuracy
  if (forgets && learns) return { key: 'teach.trend.byHeart' }
  if (last.validationAccuracy > before.validationAccuracy + noise.accuracy)
    return { key: 'teach.trend.better' }
  return { key: learns ? 'teach.trend.learning' : 'teach.trend.steady' }
}
