import type { Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { buildLexicon, type LexiconNode } from '../../engine/text/lexicon'
import { readText } from '../../engine/text/readText'
import { scoreTexts } from '../../engine/text/scoreTexts'
import type { TextRecognizer } from '../../engine/text/textRecognizer'
import { textsOf } from '../../engine/text/textsOf'
import type { EngineContract } from '../contract'
import { targetsOf } from './targets'

/** Samples that go through the network at once. */
const chunk = 128

type Output = EngineContract['evaluate']['output']

/** Runs a model of words over labelled ink, without a list of words and, where one is asked for, with it. */
export async function evaluateTexts(
  recognizer: TextRecognizer,
  dataset: Dataset,
  { data, lexicon: wanted }: EngineContract['evaluate']['input'],
  { signal, emit }: { signal: AbortSignal; emit: (progress: EngineContract['evaluate']['event']) => void },
): Promise<Output> {
  const { name, spec } = recognizer.card
  const { columns, longest } = recognizer.text
  const truth = textsOf(targetsOf(dataset, spec), longest)
  const words = wanted === 'set' ? await labelsOfSet(data, spec.input, signal) : wanted
  const lexicon = words && buildLexicon(words, spec.classes)

  const started = performance.now()
  const rasters = renderDataset(dataset, spec.input)
  const size = spec.input.width * spec.input.height
  const plain: (readonly number[])[] = []
  const listed: (readonly number[])[] = []
  const readBest = (logs: Float32Array, list: LexiconNode | null): readonly number[] =>
    readText(logs, columns, spec.classes, list)[0]?.text ?? []
  for (let start = 0; start < dataset.count; start += chunk) {
    signal.throwIfAborted()
    for (const logs of await recognizer.logs(rasters.subarray(start * size, (start + chunk) * size))) {
      plain.push(readBest(logs, null))
      if (lexicon) listed.push(readBest(logs, lexicon))
    }
    emit({ done: plain.length, total: dataset.count })
    // run() does not give the event loop a turn by itself where it resolves at once.
    await new Promise(setImmediate)
  }
  const seconds = (performance.now() - started) / 1000
  const withList = lexicon && scoreTexts(truth, listed, spec.classes)
  return {
    model: name,
    data,
    ...scoreTexts(truth, plain, spec.classes),
    mergedCaseAccuracy: mergedCase(truth, plain, spec.classes),
    rejected: 0,
    imagesPerSecond: dataset.count / seconds,
    ...(withList && {
      lexicon: {
        words: words.length,
        accuracy: withList.accuracy,
        mergedCaseAccuracy: mergedCase(truth, listed, spec.classes),
        characterErrorRate: withList.characterErrorRate,
      },
    }),
  }
}

/** All labels of the data, whatever part of it is asked for: it is not known beforehand which of them occur there. */
async function labelsOfSet(
  data: string,
  input: Parameters<typeof openDataset>[1],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const whole = data.replace(/#(?:train|validation|test)(?= \+ |$)/g, '')
  return (await openDataset(whole, input, signal)).labels
}

function mergedCase(
  truth: readonly (readonly number[])[],
  answers: readonly (readonly number[])[],
  classes: readonly string[],
): number {
  const spell = (text: readonly number[] = []): string =>
    text.map((character) => classes[character]?.toLowerCase()).join('')
  return truth.filter((text, at) => spell(text) === spell(answers[at])).length / truth.length
}
