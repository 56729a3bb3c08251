import type { TrainingEvent } from '../../shared/training/trainingEvent'
import { describeChoice } from './describeProviders'
import { formatDuration, formatShare } from './format'
import { createProgress } from './progress'
import type { Session } from './session'

const FORMAT =
  '{bar} {percentage}% | epoch {epoch} | loss {loss} | accuracy {accuracy} | {rate} images/s | {left}'

const warnings = {
  'checkpoint-unwritable': 'no checkpoint could be written; the training goes on and tries again',
  'checkpoint-damaged': 'the newest checkpoint is damaged; going on from the one before it',
  'model-unwritable': 'the model could not be written; the training goes on and tries again',
}

export interface TrainingReport {
  /** Whether a checkpoint is kept to go on from. */
  readonly isResumable: boolean
  take(event: TrainingEvent): void
  /** Writes a line for the user, past the bar. */
  say(line: string): void
  stop(): void
}

/**
 * Tells how a training goes: every event as JSON on standard output, or a bar and a line for each epoch on standard error
 * and where the model lies on standard output.
 */
export function trainingReport(
  { environment, print, tell }: Pick<Session, 'environment' | 'print' | 'tell'>,
  json: boolean,
  /** The command that goes on with the training. */
  resumeCommand: string,
): TrainingReport {
  const progress = createProgress(environment, FORMAT, {
    epoch: '1',
    loss: '-',
    accuracy: '-',
    rate: '-',
    left: '-',
  })
  const say = (line: string): void => {
    progress.stop()
    tell(line)
  }
  let epochs = 0
  let isResumable = false
  const show = (event: TrainingEvent): void => {
    switch (event.event) {
      case 'started':
        epochs = event.epochs
        if (json) break
        say(
          `${event.parameters} parameters, ${event.trainingSamples} samples and ${event.validationSamples} held back, ` +
            `${epochs} epochs of ${event.stepsPerEpoch} steps on ${describePlace(event)}`,
        )
        if (event.stepsDone > 0) say(`going on after step ${event.stepsDone}`)
        break
      case 'step':
        progress.update(event.step, event.steps, {
          epoch: `${event.epoch}/${epochs}`,
          loss: event.loss.toFixed(4),
          rate: Math.round(event.imagesPerSecond),
          left: `${formatDuration(event.secondsLeft)} left`,
        })
        break
      case 'epoch':
        progress.note({ accuracy: formatShare(event.validationAccuracy) })
        if (json) break
        say(
          `epoch ${event.epoch}/${epochs}: loss ${event.trainingLoss.toFixed(4)}, validation loss ` +
            `${event.validationLoss.toFixed(4)}, accuracy ${formatShare(event.validationAccuracy)}, ` +
            `${formatDuration(event.seconds)}${event.best ? ', best so far' : ''}`,
        )
        break
      case 'checkpoint':
        isResumable = true
        break
      case 'paused':
      case 'resumed':
        if (!json) say(`${event.event === 'paused' ? 'Paused' : 'Resumed'} after step ${event.step}`)
        break
      case 'provider-changed':
        say(`${event.from} failed (${event.reason}); going on with ${event.to} from the last checkpoint`)
        break
      case 'warning':
        say(`Warning: ${warnings[event.about]}: ${event.detail}`)
        break
      case 'done':
        progress.stop()
        if (event.reason === 'cancelled') {
          say(whatIsLeft(event))
          if (isResumable) say(`Go on with: ${resumeCommand}`)
        }
        if (!json && event.metrics) {
          print(
            `${event.path}: ${formatShare(event.metrics.accuracy)} on ${event.metrics.count} held back samples`,
          )
        }
    }
  }
  return {
    get isResumable() {
      return isResumable
    },
    take(event) {
      if (json) print(JSON.stringify(event))
      show(event)
    },
    say,
    stop: () => {
      progress.stop()
    },
  }
}

function describePlace({ engine, choice, provider }: Extract<TrainingEvent, { event: 'started' }>): string {
  if (engine === 'tensorflow') return 'TensorFlow'
  return choice ? describeChoice(choice) : provider
}

function whatIsLeft({ path, metrics }: Extract<TrainingEvent, { event: 'done' }>): string {
  return metrics === null
    ? 'Stopped before the first epoch was finished: no model was kept.'
    : `Stopped. The best epoch so far is kept in ${path}`
}
