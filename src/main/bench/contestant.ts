/** Something that is measured in turns with others. */
export interface Contestant {
  /**
   * Works for about so long.
   * @returns images per second
   */
  work(seconds: number): Promise<number>
  close(): Promise<void>
}

/** Runs whole batches until the time is up, after one that does not count: caches and threads are cold after a pause. */
export async function measureBatches(
  batchSize: number,
  seconds: number,
  runBatch: () => Promise<void>,
): Promise<number> {
  await runBatch()
  const start = performance.now()
  let images = 0
  let elapsed = 0
  while (elapsed < seconds) {
    await runBatch()
    images += batchSize
    elapsed = (performance.now() - start) / 1000
  }
  return images / elapsed
}
