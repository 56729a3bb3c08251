import { parentPort, workerData } from 'node:worker_threads'
import { assertExists } from '../../../shared/assert'
import type { BatchPlan } from './batchPlan'
import { createBatchMaker } from './createBatchMaker'
import type { BatchRequest } from './workerPool'

/** A worker thread that makes the batches it is asked for. It must never load ONNX Runtime, which crashes in worker threads. */
const port = assertExists(parentPort, 'the parent of this worker thread')
const maker = createBatchMaker(workerData as BatchPlan)

port.on('message', ({ id, epoch, step }: BatchRequest) => {
  const batch = maker.makeBatch(epoch, step)
  port.postMessage({ id, batch }, [
    batch.pixels.buffer as ArrayBuffer,
    batch.labels.buffer as ArrayBuffer,
    batch.weights.buffer as ArrayBuffer,
  ])
})
