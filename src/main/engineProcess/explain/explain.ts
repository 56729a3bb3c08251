import { toPixels } from '../../../shared/image/toPixels'
import type { Explanation } from '../../../shared/model/explanation'
import type { ModelCard } from '../../../shared/model/modelCard'
import { changeMind } from '../../engine/explain/changeMind'
import { Explainer } from '../../engine/explain/explainer'
import { layerMaps } from '../../engine/explain/layerMaps'
import { nearest } from '../../engine/explain/nearest'
import { occlude } from '../../engine/explain/occlude'
import { signedBytes } from '../../engine/explain/signedBytes'
import { Recognizer } from '../../engine/infer/recognizer'
import { readCharacterCard, readWeights } from '../../engine/model/modelFolder'
import type { Parameters } from '../../engine/network/parameter'
import { computeFront } from '../../engine/training/frontFeatures'
import type { EngineHandlers } from '../protocol/serve'
import { comparedSamples, rasterOf } from './subject'

/** Samples that are shown. */
const shown = 8

/** Why a model reads something as it does, for its answer or for another of its classes. */
export const explain: EngineHandlers['explain'] = async ({ modelFolder, subject, label }, { signal }) => {
  const recognizer = await Recognizer.load(modelFolder, { provider: 'cpu' })
  const { card } = recognizer
  const { spec } = card
  const parameters = await readWeights(modelFolder)
  const explainer = await Explainer.create(spec, parameters)
  try {
    const raster = await rasterOf(subject, spec.input)
    const ranked = await recognizer.rank(raster)
    const answer = ranked.candidates[0]?.label ?? ''
    const explained = label !== null && spec.classes.includes(label) ? label : answer
    const output = spec.classes.indexOf(explained)
    const pixels = toPixels(raster)
    const { gradient } = await explainer.explain(pixels, output)
    const occlusion = await occlude(raster, spec.input, (all) => recognizer.logits(all), output, signal)
    // Another class than the answer is what it would have to become; else the second best.
    const other = explained === answer ? (ranked.candidates[1]?.label ?? answer) : explained
    const [from, to] = [spec.classes.indexOf(answer), spec.classes.indexOf(other)]
    const changed = await changeMind(explainer, pixels, { from, to }, signal)
    return {
      ...{ model: card.name, ...ranked, label: explained },
      raster: { ...sizeOf(card), pixels: raster },
      gradient: signedBytes(gradient),
      occlusion: signedBytes(occlusion),
      nearest: await alike(card, parameters, raster, 'sample' in subject ? subject.sample : null, signal),
      change: changed && describeChange(card, other, raster, changed),
    }
  } finally {
    await explainer.release()
    await recognizer.release()
  }
}

/** What each layer of a model makes of something. */
export const lookInside: EngineHandlers['lookInside'] = async ({ modelFolder, subject }) => {
  const card = await readCharacterCard(modelFolder)
  const raster = await rasterOf(subject, card.spec.input)
  const layers = await layerMaps(card.spec, await readWeights(modelFolder), toPixels(raster))
  return { raster: { ...sizeOf(card), pixels: raster }, layers }
}

async function alike(
  { spec }: ModelCard,
  parameters: Parameters,
  raster: Uint8Array,
  without: number | null,
  signal: AbortSignal,
): Promise<Explanation['nearest']> {
  const samples = await comparedSamples(spec.input, without)
  if (samples.length === 0) return []
  const all = Buffer.concat([raster, ...samples.map(({ pixels }) => pixels)])
  const features = await computeFront(spec, parameters, spec.layers.length, all, { provider: 'cpu', signal })
  const n = features.length / (samples.length + 1)
  return nearest(features.subarray(n), features.subarray(0, n), shown).flatMap(({ index, similarity }) => {
    const sample = samples[index]
    return sample ? [{ sample: sample.id, label: sample.label, similarity }] : []
  })
}

function describeChange(
  card: ModelCard,
  label: string,
  before: Uint8Array,
  changed: Float32Array,
): NonNullable<Explanation['change']> {
  const pixels = Uint8Array.from(changed, (value) => Math.round(value * 255))
  const count = pixels.reduce((sum, value, place) => sum + Number(value !== before[place]), 0)
  return { label, raster: { ...sizeOf(card), pixels }, pixels: count }
}

function sizeOf({ spec }: ModelCard): { width: number; height: number } {
  return { width: spec.input.width, height: spec.input.height }
}
