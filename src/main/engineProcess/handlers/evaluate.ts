import { AppError } from '../../../shared/errors/appError'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { renameLabels, selectLabels } from '../../data/selectSamples'
import { confusionMatrix, mergeCase, scoreClasses, summarize } from '../../engine/infer/metrics'
import { argMax, argMaxAmong, placeOf, probabilitiesOf } from '../../engine/infer/probabilities'
import { Recognizer } from '../../engine/infer/recognizer'
import type { EngineHandlers } from '../protocol/serve'
import { classIndex } from './classIndex'

/** Samples that go through the network at once. */
const chunk = 512

/** Runs a model over labelled data. */
export const evaluate: EngineHandlers['evaluate'] = async (input, { signal, emit }) => {
  const recognizer = await Recognizer.load(input.modelFolder, { provider: input.provider })
  const { name, spec, calibration } = recognizer.card
  const opened = await openDataset(input.data, spec.input, signal)
  const whole = input.labels ? renameLabels(opened, input.labels) : opened
  const dataset = input.only ? selectLabels(whole, input.only) : whole
  if (dataset.count === 0) throw new AppError('data-empty', { data: input.data })
  const truth = classIndex(dataset, spec.classes, name)

  const present = [...new Set(truth)].sort((a, b) => a - b)

  const started = performance.now()
  const rasters = renderDataset(dataset, spec.input)
  const size = spec.input.width * spec.input.height
  const answers = new Int32Array(dataset.count)
  let rejected = 0
  let rightAmongPresent = 0
  let inTopTen = 0
  for (let start = 0; start < dataset.count; start += chunk) {
    signal.throwIfAborted()
    const logits = await recognizer.logits(rasters.subarray(start * size, (start + chunk) * size))
    const count = Math.min(chunk, dataset.count - start)
    const outputs = logits.length / count
    for (let i = 0; i < count; i++) {
      const row = logits.subarray(i * outputs, (i + 1) * outputs)
      const { classes, reject } = probabilitiesOf(row, spec.classes.length, calibration.temperature)
      answers[start + i] = argMax(classes)
      const right = truth[start + i] ?? 0
      if (argMaxAmong(classes, present) === right) rightAmongPresent++
      if (placeOf(classes, right) < 10) inTopTen++
      if (reject >= calibration.rejectAt) rejected++
    }
    emit({ done: start + count, total: dataset.count })
  }
  const seconds = (performance.now() - started) / 1000
  const confusion = confusionMatrix(truth, answers, spec.classes.length)
  const perClass = scoreClasses(confusion, spec.classes)
  const mergedCase = mergeCase(confusion, spec.classes)
  return {
    model: name,
    data: input.data,
    ...summarize(perClass, confusion),
    perClass,
    confusion,
    rejected,
    imagesPerSecond: dataset.count / seconds,
    ...(mergedCase !== null && { mergedCaseAccuracy: mergedCase }),
    ...(present.length < spec.classes.length && { amongPresentAccuracy: rightAmongPresent / dataset.count }),
    ...(spec.classes.length > 10 && { topTenAccuracy: inTopTen / dataset.count }),
  }
}
