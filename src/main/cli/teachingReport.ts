import type { Gate, TeachingEvent, TeachingResult, TeachingRung } from '../../shared/teaching/teaching'
import type { Significance } from '../../shared/recognition/comparison'
import { formatDuration, formatShare } from './format'
import { createProgress } from './progress'
import type { Session } from './session'

interface TeachingReport {
  take(event: TeachingEvent): void
  stop(): void
}

const rungs: Readonly<Record<TeachingRung, string>> = {
  prototypes: 'prototypes',
  head: 'the head',
  last: 'the last layers',
  full: 'all layers',
}
const verdicts: Readonly<Record<Significance['verdict'], string>> = {
  better: 'better',
  'likely-better': 'likely better',
  same: 'no clear difference',
  'likely-worse': 'likely worse',
  worse: 'worse',
}
const reasons: Readonly<Record<Gate['reasons'][number], string>> = {
  'no-gain': 'it reads the held-out samples no better',
  'base-worse': "it has lost too much of the base's abilities",
}

/** Tells how a teaching goes: a bar and lines on standard error, and what came of it on standard output. */
export function teachingReport(
  { environment, print, tell }: Pick<Session, 'environment' | 'print' | 'tell'>,
  json: boolean,
): TeachingReport {
  const progress = createProgress(environment, '{bar} {percentage}% | {stage} | loss {loss} | {left}', {
    stage: '-',
    loss: '-',
    left: '-',
  })
  return {
    take(event) {
      switch (event.event) {
        case 'started':
          if (json) break
          tell(
            `${event.plan.samples} samples of ${event.plan.coverage.filter(({ samples }) => samples > 0).length} ` +
              `classes; training ${rungs[event.rung]}`,
          )
          if (event.plan.tooFew.length > 0)
            tell(`left out, since a new class takes three samples: ${event.plan.tooFew.join(' ')}`)
          break
        case 'stage':
          progress.note({
            stage: `${event.part === 'final' ? 'the model' : `trial ${event.number} of ${event.of}`}: ${rungs[event.rung]}`,
          })
          break
        case 'step':
          progress.update(event.step, event.steps, {
            loss: event.loss.toFixed(4),
            left: `${formatDuration(event.secondsLeft)} left`,
          })
          break
        case 'done':
          progress.stop()
          if (json)
            print(
              JSON.stringify({ path: event.path, ...shortResult(event.result), activated: event.activated }),
            )
          else for (const line of describe(event.result)) print(line)
          if (!json && event.activated) print('It reads from now on.')
          break
        case 'provider-changed':
          progress.stop()
          tell(`${event.from} failed (${event.reason}); going on with ${event.to}`)
          break
        case 'epoch':
        case 'paused':
        case 'resumed':
      }
    },
    stop: () => progress.stop(),
  }
}

/** Without the samples one by one, which `teaching.json` in the model's folder has. */
function shortResult({ comparison, ...result }: TeachingResult) {
  const { samples, ...measured } = comparison
  return { ...result, comparison: { ...measured, samples: samples.length } }
}

function describe({
  model,
  base,
  rung,
  gate,
  comparison,
  curve,
  suggestions,
  ...result
}: TeachingResult): string[] {
  const { significance, before, after } = comparison
  const { fixed, broken, pValue, verdict } = significance
  const [next] = suggestions
  return [
    `${model}: ${base} with ${rungs[rung]} trained, in ${formatDuration(result.trainingSeconds)} ` +
      `(${formatDuration(result.seconds)} with all trials and measuring)`,
    `held-out samples: ${formatShare(gate.own.before.accuracy)} -> ${formatShare(gate.own.after.accuracy)} of ` +
      `${gate.own.after.count}; calibration error ${formatShare(before.reliability.ece)} -> ${formatShare(after.reliability.ece)}`,
    `the base's data: ${formatShare(gate.base.before.accuracy)} -> ${formatShare(gate.base.after.accuracy)} of ` +
      `${gate.base.after.count}`,
    `${verdicts[verdict]}: ${fixed} of ${fixed + broken} changed answers are right (p = ${pValue.toPrecision(2)})`,
    `samples a class, by prototypes: ${curve.map(({ shots, accuracy }) => `${shots}: ${formatShare(accuracy)}`).join(', ')}`,
    ...(next
      ? [
          `to write next: ${suggestions
            .slice(0, 10)
            .map(({ label, samples }) => `${label} (${samples})`)
            .join(' ')}`,
        ]
      : []),
    gate.passed
      ? `passed: better, and the base's abilities are kept`
      : `not passed: ${gate.reasons.map((reason) => reasons[reason]).join('; ')}`,
  ]
}
