/** A batch of training samples, of a fixed size: the last of an epoch is filled up. */
export interface Batch {
  /** `[batchSize, 1, height, width]`, 0 for paper to 1 for full ink; or `[batchSize, ...]`, what frozen layers gave for it. */
  readonly pixels: Float32Array
  /** `[batchSize]`, the target output of each; `[batchSize, longest]` for texts, -1 after the end of each. */
  readonly labels: Int32Array
  /** `[batchSize]`, how much each counts in the loss; 0 for what only fills the batch up. */
  readonly weights: Float32Array
  /** How many of them are samples. */
  readonly count: number
}
