import { AppError } from '../../../shared/errors/appError'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { renameLabels, selectLabels } from '../../data/selectSamples'
import { confusionMatrix, mergeCase, scoreClasses, summarize } from '../../engine/infer/metrics'
import { argMax, argMaxAmong, placeOf, probabilitiesOf } from '../../engine/infer/probabilities'
import { Recognizer } from '../../engine/infer/recognizer'
import { readCard } from '../../engine/model/modelFolder'
import { TextRecognizer } from '../../engine/text/textRecognizer'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'
import { classIndex } from './classIndex'
import { evaluateTexts } from './evaluateTexts'

/** Samples that go through the network at once. */
const chunk = 512

/** Runs a model over labelled data. */
export const evaluate: EngineHandlers['evaluate'] = async (input, context) => {
  const { signal, emit } = context
  const { text, input: modelInput } = (await readCard(input.modelFolder)).spec
  const options = { provider: input.provider }
  if (text) {
    const reader = await TextRecognizer.load(input.modelFolder, options)
    return evaluateTexts(reader, await openData(input, modelInput, signal), input, context)
  }
  const recognizer = await Recognizer.load(input.modelFolder, options)
  const { name, spec, calibration } = recognizer.card
  if (input.lexicon) throw new AppError('model-reads-characters', { model: name })
  const dataset = await openData(input, modelInput, signal)
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

/** @throws AppError as openDataset, and 'data-empty' where none of the wanted labels occurs */
async function openData(
  { data, labels, only }: EngineContract['evaluate']['input'],
  modelInput: ModelInput,
  signal: AbortSignal,
): Promise<Dataset> {
  const opened = await openDataset(data, modelInput, signal)
  const whole = labels ? renameLabels(opened, labels) : opened
  const dataset = only ? selectLabels(whole, only) : whole
  if (dataset.count === 0) throw new AppError('data-empty', { data })
  return dataset
}
