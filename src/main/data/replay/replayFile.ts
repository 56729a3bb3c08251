import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import type { SampleSet } from '../augment/batchPlan'
import { createDataset, sharedBytes } from '../dataset'

/** Data of a model's own kind, as rasters of its input: some to learn from again, others to measure on. */
export interface Replay {
  /** Those that it may be trained on, which it saw in its own training too. */
  readonly training: ReplayPart
  /** Those that it never saw. */
  readonly check: ReplayPart
  readonly width: number
  readonly height: number
  /** What it was picked from. */
  readonly data: readonly string[]
}

interface ReplayPart {
  /** [count, height, width], ink 255 */
  readonly rasters: Uint8Array
  /** [count] */
  readonly labels: readonly string[]
}

/** In a model's folder. */
export const replayFile = 'replay.gz'

/** What such a file may unpack to; it is written far below. */
const largestBytes = 128 * 2 ** 20

const headerSchema = z.object({
  format: z.literal(1),
  width: z.int().min(1).max(256),
  height: z.int().min(1).max(256),
  data: z.array(z.string()),
  training: z.array(z.string()),
  check: z.array(z.string()),
})

/** A line of JSON, then the rasters of both parts; gzipped. */
export async function encodeReplay({ training, check, ...about }: Replay): Promise<Uint8Array> {
  const header = { format: 1, ...about, training: training.labels, check: check.labels }
  const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`)
  return promisify(gzip)(Buffer.concat([line, training.rasters, check.rasters]), { level: 9 })
}

/** Null where a folder holds none; throws, saying what is wrong, where it is broken. */
export async function readReplay(folder: string): Promise<Replay | null> {
  const bytes = await readFile(join(folder, replayFile)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  })
  return bytes && decodeReplay(bytes)
}

/** Reads what encodeReplay wrote; throws, saying what is wrong, on anything else. */
export async function decodeReplay(bytes: Uint8Array): Promise<Replay> {
  const content = await promisify(gunzip)(bytes, { maxOutputLength: largestBytes })
  const end = content.indexOf('\n')
  if (end < 0) throw new Error(`${replayFile}: the header is missing`)
  const { width, height, data, training, check } = headerSchema.parse(
    JSON.parse(content.subarray(0, end).toString('utf8')),
  )
  const size = width * height
  const rasters = content.subarray(end + 1)
  if (rasters.length !== size * (training.length + check.length)) throw new Error(`${replayFile}: it is cut`)
  const split = size * training.length
  return {
    width,
    height,
    data,
    training: { rasters: rasters.subarray(0, split), labels: training },
    check: { rasters: rasters.subarray(split), labels: check },
  }
}

/** A part as samples of a model's classes; those of other labels are left out. */
export function replaySamples(
  { width, height }: Pick<Replay, 'width' | 'height'>,
  { rasters, labels }: ReplayPart,
  classes: readonly string[],
): SampleSet {
  const outputOf = new Map(classes.map((label, output) => [label, output]))
  const pixels = sharedBytes(rasters.length)
  pixels.set(rasters)
  const classIndex = Int32Array.from(labels, (label) => outputOf.get(label) ?? -1)
  return {
    dataset: createDataset('replay', labels, { kind: 'rasters', width, height, pixels }),
    classIndex,
    indices: Int32Array.from(classIndex.keys()).filter((index) => (classIndex[index] ?? -1) >= 0),
  }
}
