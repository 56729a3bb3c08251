import type { SamplePage } from '../../../shared/contract/samples'
import { countSampleBlock, readSampleBlock, thumbnailSize } from '../../../shared/samples/sampleBlock'
import type { Raster } from '../../../shared/image/raster'
import type { SamplesClient } from '../samplesSession.svelte'

/** What is shown of a sample outside of the grid. */
export interface ShownSample {
  readonly id: number
  readonly label: string
  readonly reviewed: boolean
  readonly raster: Raster
}

export const noSamples: ReadonlyMap<number, ShownSample> = new Map()

/** Samples that can be asked for at once. */
const atOnce = 1000

/** The samples of these ids as they are now; those that are gone are left out. */
export async function pickShown(
  client: Pick<SamplesClient, 'samples'>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ShownSample>> {
  const shown = new Map<number, ShownSample>()
  for (let from = 0; from < ids.length; from += atOnce) {
    const page = await client.samples.pick({ ids: ids.slice(from, from + atOnce) })
    for (const sample of samplesOf(page)) shown.set(sample.id, sample)
  }
  return shown
}

function samplesOf({ block, labels }: SamplePage): ShownSample[] {
  return Array.from({ length: countSampleBlock(block) }, (_, at) => {
    const { id, label, reviewed, pixels } = readSampleBlock(block, at)
    return {
      ...{ id, reviewed, label: labels[label] ?? '' },
      raster: { width: thumbnailSize, height: thumbnailSize, pixels },
    }
  })
}
