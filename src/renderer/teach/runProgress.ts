import { trainedRungs, type TeachingRung } from '../../shared/teaching/teaching'
import type { StageCourse } from './teachingRun.svelte'

/** How far a teaching is, over all of its trainings. */
export interface RunProgress {
  /** 0 to 1. */
  readonly share: number
  /** Null until a training tells its speed. */
  readonly secondsLeft: number | null
}

/**
 * Trainings of one rung take about the same time each, so that those to come are told from the one that runs.
 * @param rung what the teaching trains
 */
export function progressOf(stages: readonly StageCourse[], rung: TeachingRung): RunProgress {
  const current = stages.at(-1)
  if (!current) return { share: 0, secondsLeft: null }
  const trials = stages.find(({ stage }) => stage.part === 'fold')?.stage.of ?? 0
  const rungs = ['prototypes' as const, ...trainedRungs(rung)]
  const { part, number, rung: running } = current.stage
  const partsDone = part === 'fold' ? number - 1 : trials
  const rungsDone = Math.max(0, rungs.indexOf(running))
  const { step } = current
  const ofStage = step && step.steps > 0 ? step.step / step.steps : 0
  const share = (partsDone + (rungsDone + ofStage) / rungs.length) / (trials + 1)
  if (!step) return { share, secondsLeft: null }
  const seconds = new Map<TeachingRung, number>()
  for (const course of stages) {
    const told = course.step
    if (told && told.step < told.steps) {
      seconds.set(course.stage.rung, (told.secondsLeft * told.steps) / (told.steps - told.step))
    }
  }
  const sum = (list: readonly TeachingRung[]): number =>
    list.reduce((total, name) => total + (seconds.get(name) ?? 0), 0)
  const left = step.secondsLeft + sum(rungs.slice(rungsDone + 1)) + (trials - partsDone) * sum(rungs)
  return { share, secondsLeft: left }
}
