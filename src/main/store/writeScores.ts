import { raiseRevision } from './revision'
import { inTransaction, type StoreContext } from './storeContext'

/** What a model made of a sample. */
export interface SampleScore {
  readonly id: number
  readonly predicted: string
  readonly confidence: number
  /** Cross-entropy of its label, in nats; null where the model does not know the label. */
  readonly loss: number | null
  /** Entropy of the probabilities, in nats. */
  readonly uncertainty: number
}

/** Writes down what a model made of samples; no edit, since it can be had again at any time. */
export function writeScores(context: StoreContext, model: string, scores: readonly SampleScore[]): void {
  const { store, labels, models } = context
  const update = store.prepare(
    'UPDATE samples SET model_id = ?, predicted_id = ?, confidence = ?, loss = ?, uncertainty = ? WHERE id = ?',
  )
  inTransaction(context, () => {
    const modelId = models.intern(model)
    for (const { id, predicted, confidence, loss, uncertainty } of scores) {
      update.run([modelId, labels.intern(predicted), confidence, loss, uncertainty, id])
    }
    raiseRevision(store)
  })
}
