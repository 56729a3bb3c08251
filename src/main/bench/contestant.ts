/** Something that is measured in turns with others. */
export interface Contestant {
  /**
   * Works for about so long.
   * @returns images per second
   */
  work(seconds: number): Promise<number>
  close(): Promise<void>
}

/** The time of day, and what this process has taken of all cores together: that says what work costs, whatever else runs. */
const wallSeconds = (): number => performance.now() / 1000
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/**
 * Runs whole batches until the time is up, after one that does not count: caches and threads are cold after a pause.
 * @param now the clock that `seconds` are counted by
 * @returns images per second of that clock
 */
export async function measureBatches(
  batchSize: number,
  seconds: number,
  runBatch: () => Promise<void>,
  now = wallSeconds,
): Promise<number> {
  await runBatch()
  const start = now()
  let images = 0
  let elapsed = 0
  while (elapsed < seconds) {
    await runBatch()
    images += batchSize
    elapsed = now() - start
  }
  return images / elapsed
}
