import { invert, isDarkOnLight } from '../../shared/image/polarity'
import type { Raster } from '../../shared/image/raster'

/** Pictures that the polarity of a whole file is judged by. */
const probes = 256

/** One file has one polarity: single dense pictures would be misjudged, the majority is not. */
export function isMostlyDarkOnLight(pictures: readonly Raster[]): boolean {
  return pictures.filter(isDarkOnLight).length * 2 > pictures.length
}

/** Turns all of a file's pictures over where most of its first ones are dark on light, so that ink is high. */
export async function* evenPolarity<Sample extends { readonly picture: Raster }>(
  samples: AsyncIterable<Sample>,
): AsyncGenerator<Sample> {
  const first: Sample[] = []
  let dark: boolean | null = null
  const upright = (sample: Sample): Sample => (dark ? { ...sample, picture: invert(sample.picture) } : sample)
  const settle = (): void => {
    dark = isMostlyDarkOnLight(first.map(({ picture }) => picture))
  }
  for await (const sample of samples) {
    if (dark !== null) {
      yield upright(sample)
      continue
    }
    first.push(sample)
    if (first.length < probes) continue
    settle()
    yield* first.splice(0).map(upright)
  }
  if (dark === null) settle()
  yield* first.map(upright)
}
