import { Worker } from 'node:worker_threads'
import type { Batch } from '../../../shared/training/batch'
import type { BatchPlan } from './batchPlan'

export interface BatchRequest {
  readonly id: number
  readonly epoch: number
  readonly step: number
}

export interface BatchReply {
  readonly id: number
  readonly batch: Batch
}

interface Pending {
  resolve(batch: Batch): void
  reject(reason: Error): void
}

/** Worker threads that make batches; requests go round among them. */
export interface WorkerPool {
  request(epoch: number, step: number): Promise<Batch>
  close(): Promise<void>
}

/** @param workerFile the built augmentWorker.js */
export function startWorkerPool(workers: number, workerFile: string, plan: BatchPlan): WorkerPool {
  const pending = new Map<number, Pending>()
  let nextId = 0
  let failure: Error | undefined
  const fail = (reason: Error): void => {
    failure ??= reason
    for (const waiting of pending.values()) waiting.reject(failure)
    pending.clear()
  }
  const threads = Array.from({ length: workers }, () => {
    const thread = new Worker(workerFile, { workerData: plan })
    thread.on('message', ({ id, batch }: BatchReply) => {
      pending.get(id)?.resolve(batch)
      pending.delete(id)
    })
    thread.on('error', fail)
    thread.on('exit', (code) => fail(new Error(`a batch worker ended with exit code ${code}`)))
    return thread
  })
  return {
    request(epoch, step) {
      return new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure)
        const id = nextId++
        pending.set(id, { resolve, reject })
        threads[id % threads.length]?.postMessage({ id, epoch, step } satisfies BatchRequest)
      })
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()))
    },
  }
}
