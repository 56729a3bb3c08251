import type { Ink } from '../../shared/ink/ink'

/** Labelled samples in memory, as pictures of one size or as ink. */
export interface Dataset {
  /** The reference that it was opened by. */
  readonly name: string
  readonly count: number
  /** The labels that occur, each once, sorted by code point. */
  readonly labels: readonly string[]
  /** `[count]`, index into `labels`. */
  readonly labelIndex: Int32Array
  /** `[count]`; null where the source names none at all. */
  readonly writers: readonly (string | null)[] | null
  /** `[count]`, in which sitting each was written; null where the source tells of none. */
  readonly sittings: readonly (string | null)[] | null
  readonly content: RasterContent | InkContent
}

export interface RasterContent {
  readonly kind: 'rasters'
  readonly width: number
  readonly height: number
  /** `[count, height, width]`, ink 255; on shared memory, so that worker threads read it in place. */
  readonly pixels: Uint8Array
}

export interface InkContent {
  readonly kind: 'ink'
  readonly inks: readonly Ink[]
}

/** Zeroed bytes on memory that threads can share. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}

/** Builds a dataset from one label a sample, in any order. */
export function createDataset(
  name: string,
  sampleLabels: readonly string[],
  content: Dataset['content'],
  writers: Dataset['writers'] = null,
  sittings: Dataset['sittings'] = null,
): Dataset {
  const labels = sortLabels(sampleLabels)
  const indexOf = new Map(labels.map((label, index) => [label, index]))
  const labelIndex = Int32Array.from(sampleLabels, (label) => indexOf.get(label) ?? -1)
  return { name, count: sampleLabels.length, labels, labelIndex, writers, sittings, content }
}

/** Each label once, by code point: the same order on every machine, whatever its language. */
export function sortLabels(labels: Iterable<string>): string[] {
  return [...new Set(labels)].sort(byCodePoint)
}

function byCodePoint(first: string, second: string): number {
  // The default order goes by UTF-16 units, which puts the astral planes before U+E000..U+FFFF.
  const left = Array.from(first)
  const right = Array.from(second)
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
