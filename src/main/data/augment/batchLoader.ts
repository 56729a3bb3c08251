import type { Batch } from '../../../shared/training/batch'
import type { BatchPlan } from './batchPlan'
import { createBatchMaker } from './createBatchMaker'
import { startWorkerPool } from './workerPool'

/** Batches that are asked for before they are needed: the training's own thread is away in native calls for most of the time. */
const leastAhead = 4

export interface BatchLoader {
  readonly stepsPerEpoch: number
  /** The batches of one epoch, in order, from a step on. It may be left early. */
  epoch(epoch: number, fromStep?: number): AsyncIterable<Batch>
  /** Ends the worker threads. */
  close(): Promise<void>
}

/**
 * Makes the batches of a training, augmented, shuffled and ahead of time in worker threads. The batches are the same to the bit
 * for any number of workers; with 0 they are made on the calling thread.
 *
 * @param options.workerFile the built augmentWorker.js
 */
export function createBatchLoader(
  options: BatchPlan & { readonly workers: number; readonly workerFile: string },
): BatchLoader {
  const { workers, workerFile, ...plan } = options
  if (!Number.isInteger(workers) || workers < 0) throw new RangeError('workers must be 0 or more')
  const maker = createBatchMaker(plan)
  const { stepsPerEpoch } = maker
  if (workers === 0) {
    return {
      stepsPerEpoch,
      epoch: (epoch, fromStep = 0) =>
        inTurn(fromStep, stepsPerEpoch, 1, (step) => Promise.resolve(maker.makeBatch(epoch, step))),
      close: () => Promise.resolve(),
    }
  }
  const pool = startWorkerPool(workers, workerFile, plan)
  const ahead = Math.max(leastAhead, 2 * workers)
  return {
    stepsPerEpoch,
    epoch: (epoch, fromStep = 0) =>
      inTurn(fromStep, stepsPerEpoch, ahead, (step) => pool.request(epoch, step)),
    close: () => pool.close(),
  }
}

/** Yields what `request` gives for each number from `first` to below `count`, with up to `ahead` requests under way. */
async function* inTurn(
  first: number,
  count: number,
  ahead: number,
  request: (step: number) => Promise<Batch>,
): AsyncGenerator<Batch, void, void> {
  const underWay: Promise<Batch>[] = []
  let asked = first
  for (let step = first; step < count; step++) {
    while (asked < Math.min(count, step + ahead)) {
      const promise = request(asked++)
      // Whoever leaves early never looks at the rest; its failure must not count as unhandled.
      promise.catch(() => undefined)
      underWay.push(promise)
    }
    const next = underWay.shift()
    if (next !== undefined) yield await next
  }
}
