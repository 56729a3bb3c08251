import { outputCount } from '../../../shared/model/modelSpec'
import { calibrate } from '../../engine/infer/calibrate'
import type { TeachingResult } from '../../../shared/teaching/teaching'
import { replaySamples } from '../../data/replay/replayFile'
import type { Parameters } from '../../engine/network/parameter'
import { dataFingerprint } from '../handlers/dataFingerprint'
import { answersOf, compareReadings, type ReadBy } from './compareReadings'
import { openCheck } from './check'
import { divideIntoFolds, drawShots, type Fold } from './folds'
import { judge, shareRight } from './gate'
import { readLogits } from './readLogits'
import { suggestNext } from './suggestions'
import { openLesson, openTeachable } from './teachable'
import type { TeachingJob } from './teachingJob'
import { Trials, type TeachContext } from './trials'
import { clearWork, keepJob } from './workFolder'
import { writeTaught } from './writeTaught'

/**
 * Teaches a model, measures it beside its base on samples that it was not taught with, and writes it with all that came of it.
 * Whether it is taken into use is for the caller to decide, by the gate.
 * @param job one whose fingerprint is empty begins; another goes on, and is refused where its data changed
 */
export async function teach(
  job: TeachingJob,
  folder: string,
  context: TeachContext,
): Promise<{ path: string; result: TeachingResult }> {
  const started = performance.now()
  const { signal, emit } = context
  const base = await openTeachable(job.baseFolder)
  const lesson = await openLesson(base, job.data, job.shots, signal)
  const replay = replaySamples(base.replay, base.replay.training, lesson.spec.classes)
  await keepJob(folder, job, dataFingerprint([lesson.own, replay]))
  const rung = job.mode === 'auto' ? lesson.plan.rung : job.mode
  const rungReason = job.mode === 'auto' ? lesson.reason : 'asked'
  emit({ event: 'started', plan: lesson.plan, rung, rungReason, provider: job.tuning.provider ?? 'cpu' })

  const { by, folds, final } =
    job.shots === null ? divideIntoFolds(lesson.own, job.seed) : drawShots(lesson.own, job.shots, job.seed)
  const check = await openCheck(job, base, signal)
  const trials = new Trials(job, base, lesson, replay, check, rung, folder, context)
  // With so many samples drawn, the model itself is what the others are measured with.
  const only = job.shots === null ? undefined : folds[0]
  const parts: { fold: Fold; parameters: Parameters }[] = []
  if (!only) {
    for (const [i, fold] of folds.entries()) {
      const parameters = await trials.train(fold.training, fold.heldOut, {
        part: 'fold',
        number: i + 1,
        of: folds.length,
      })
      parts.push({ fold, parameters })
    }
  }
  const trainingStarted = performance.now()
  const parameters = await trials.train(final, only?.heldOut ?? null, {
    part: 'final',
    number: 1,
    of: 1,
  })
  const trainingSeconds = (performance.now() - trainingStarted) / 1000
  if (only) parts.push({ fold: only, parameters })

  const heldOut = await trials.readHeldOut(parts)
  const [checkBefore, checkAfter] = [
    await readLogits(base.card.spec, base.parameters, check.rasters, signal),
    await readLogits(lesson.spec, parameters, check.rasters, signal),
  ]
  const outputs = outputCount(lesson.spec)
  const calibration = calibrate(
    Float32Array.from([...heldOut.after.logits, ...checkAfter.logits]),
    Int32Array.from([...heldOut.truth, ...check.truth]),
    outputs,
    lesson.spec.classes.length,
  )
  const before = { name: base.card.name, spec: base.card.spec, calibration: base.card.calibration }
  const after = { name: job.name, spec: lesson.spec, calibration }
  const comparison = compareReadings(
    { name: job.data, labels: heldOut.labels, indices: heldOut.indices, rasters: heldOut.rasters },
    { ...before, readings: heldOut.before },
    { ...after, readings: heldOut.after },
  )
  const checked = (by: ReadBy): { count: number; accuracy: number } =>
    shareRight(
      answersOf(by).map(({ label }) => label),
      check.labels,
    )
  const own = {
    before: { count: comparison.before.count, accuracy: comparison.before.accuracy },
    after: { count: comparison.after.count, accuracy: comparison.after.accuracy },
  }
  const gate = judge(
    own,
    {
      before: checked({ ...before, readings: checkBefore }),
      after: checked({ ...after, readings: checkAfter }),
    },
    job.largestBaseLoss,
  )
  const result: TeachingResult = {
    format: 1,
    ...{ model: job.name, base: base.card.name, data: job.data, rung, rungReason, seed: job.seed },
    ...{ plan: lesson.plan, heldOutBy: by, gate, comparison },
    curve: await trials.curve(folds),
    suggestions: suggestNext(lesson.plan.coverage, comparison),
    seconds: (performance.now() - started) / 1000,
    trainingSeconds,
  }
  signal.throwIfAborted()
  await writeTaught(folder, { job, base, lesson, parameters, calibration, result, final })
  await clearWork(folder)
  return { path: folder, result }
}
