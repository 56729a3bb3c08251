import type { ModelCard } from '../../../shared/model/modelCard'
import { renderStored } from '../../data/stored/renderStored'
import { reduceFeatures } from '../../engine/audit/embed'
import { readCharacterCard, readWeights } from '../../engine/model/modelFolder'
import { computeFront } from '../../engine/training/frontFeatures'
import { findUnembedded, writeEmbeddings } from '../../store/embeddings'
import { readStored, type StoredSet } from '../../store/readStored'
import type { StoreContext } from '../../store/storeContext'

/** Samples that go through one session: making it takes as long as some hundred samples. */
const atOnce = 2048

/**
 * Lets a model look at those samples at which it has not looked before, and keeps what it sees: the features before its head. What
 * was kept before it is cancelled stays kept.
 * @param onProgress gets how many of the samples are done, with those that were before
 * @returns how many it looked at
 * @throws AppError 'model-broken', 'model-reads-words', 'model-reads-nothing'
 */
export async function embedMissing(
  context: StoreContext,
  { ids, fitted }: StoredSet,
  modelFolder: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number) => void },
): Promise<{ card: ModelCard; embedded: number }> {
  const card = await readCharacterCard(modelFolder)
  const { name, spec, created } = card
  const missing = findUnembedded(context, { name, made: created }, ids)
  const parameters = await readWeights(modelFolder)
  const size = spec.input.width * spec.input.height
  const before = ids.length - missing.length
  onProgress(before)
  for (let from = 0; from < missing.length; from += atOnce) {
    const part = missing.subarray(from, from + atOnce)
    const found: number[] = []
    const rasters = new Uint8Array(part.length * size)
    for (const samples of readStored(context, part)) {
      for (const sample of samples) {
        rasters.set(renderStored(sample, spec.input, fitted), found.length * size)
        found.push(sample.id)
      }
    }
    const seen = rasters.subarray(0, found.length * size)
    if (found.length === 0) continue
    const features = await computeFront(spec, parameters, spec.layers.length, seen, {
      ...{ provider: 'cpu', signal, onProgress: (done) => onProgress(before + from + done) },
    })
    writeEmbeddings(context, name, Uint32Array.from(found), reduceFeatures(features, found.length))
  }
  return { card, embedded: missing.length }
}
