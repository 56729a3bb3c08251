import { setImmediate as nextTurn } from 'node:timers/promises'
import { renderStored } from '../../data/stored/renderStored'
import { inStore } from '../../data/stored/storedSource'
import { argMax, probabilitiesOf } from '../../engine/infer/probabilities'
import { Recognizer } from '../../engine/infer/recognizer'
import { findStored, readStored } from '../../store/readStored'
import { writeScores, type SampleScore } from '../../store/writeScores'
import type { EngineHandlers } from '../protocol/serve'

/** A probability that a model gives as 0 is not infinitely surprising. */
const least = 1e-12

/** Reads samples of the store with a model, and writes down what it made of them. */
export const scoreSamples: EngineHandlers['scoreSamples'] = async (
  { filter, modelFolder },
  { signal, emit },
) => {
  const recognizer = await Recognizer.load(modelFolder, { provider: 'cpu' })
  const { name, spec, calibration } = recognizer.card
  const numberOf = new Map(spec.classes.map((label, index) => [label, index]))
  const size = spec.input.width * spec.input.height
  try {
    return await inStore(async (context) => {
      const { ids, fitted } = findStored(context, filter)
      let scored = 0
      let right = 0
      for (const samples of readStored(context, ids)) {
        await nextTurn()
        signal.throwIfAborted()
        const rasters = new Uint8Array(samples.length * size)
        samples.forEach((sample, at) => rasters.set(renderStored(sample, spec.input, fitted), at * size))
        const logits = await recognizer.logits(rasters)
        const outputs = logits.length / samples.length
        const scores = samples.map(({ id, label }, at): SampleScore => {
          const row = logits.subarray(at * outputs, (at + 1) * outputs)
          const { classes } = probabilitiesOf(row, spec.classes.length, calibration.temperature)
          const best = argMax(classes)
          const truth = numberOf.get(label)
          if (truth === best) right++
          return {
            ...{ id, predicted: spec.classes[best] ?? '', confidence: classes[best] ?? 0 },
            loss: truth === undefined ? null : -Math.log(Math.max(least, classes[truth] ?? 0)),
            uncertainty: classes.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0),
          }
        })
        writeScores(context, name, scores)
        scored += samples.length
        emit({ done: scored, total: ids.length })
      }
      return { scored, right }
    })
  } finally {
    await recognizer.release()
  }
}
