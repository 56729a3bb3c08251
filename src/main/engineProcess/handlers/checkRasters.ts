import type { ModelInput } from '../../../shared/model/modelSpec'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { Random } from '../../../shared/random'
import { scribble } from '../../data/augment/scribble'
import { writtenForm, writtenFormLabels } from '../../data/augment/writtenForms'

/** Any number would do; the same one makes the same rasters on every machine. */
const seed = 0x5e1f

/**
 * Rasters to compare two networks on, the same ones each time: characters and scribbles in turn, as a hand would draw them.
 * @returns [count, height, width], ink 255
 */
export function checkRasters(input: ModelInput, count: number): Uint8Array {
  const random = new Random(seed)
  const size = input.width * input.height
  const rasters = new Uint8Array(count * size)
  for (let i = 0; i < count; i++) {
    const label = writtenFormLabels[random.integer(writtenFormLabels.length)]
    const ink = i % 2 === 0 && label !== undefined ? writtenForm(label, random) : scribble(random)
    rasters.set(inkToRaster(ink, input).pixels, i * size)
  }
  return rasters
}
