import { invert, isDarkOnLight } from '../../shared/image/polarity'
import type { Raster } from '../../shared/image/raster'
import type { ReadNotes } from './sampleSource'

/** Pictures that the polarity of a whole file is judged by. */
const probes = 256

/** One file has one polarity: single dense pictures would be misjudged, the majority is not. */
export function isMostlyDarkOnLight(pictures: readonly Raster[]): boolean {
  return pictures.filter(isDarkOnLight).length * 2 > pictures.length
}

/** Turns all of a file's pictures over where most of its first ones are dark on light, so that ink is high. */
export async function* evenPolarity<Sample extends { readonly picture: Raster }>(
  samples: AsyncIterable<Sample>,
  notes?: ReadNotes,
): AsyncGenerator<Sample> {
  const first: Sample[] = []
  let upright: ((sample: Sample) => Sample) | null = null
  for await (const sample of samples) {
    if (upright) {
      yield upright(sample)
      continue
    }
    first.push(sample)
    if (first.length < probes) continue
    upright = uprightAs(first, notes)
    yield* first.splice(0).map(upright)
  }
  yield* first.map(upright ?? uprightAs(first, notes))
}

function uprightAs<Sample extends { readonly picture: Raster }>(
  first: readonly Sample[],
  notes: ReadNotes | undefined,
): (sample: Sample) => Sample {
  if (!isMostlyDarkOnLight(first.map(({ picture }) => picture))) return (sample) => sample
  notes?.turned()
  return (sample) => ({ ...sample, picture: invert(sample.picture) })
}
