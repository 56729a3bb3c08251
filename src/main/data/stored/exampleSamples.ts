import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { AddedSample } from '../../store/addSamples'
import { writtenForm, writtenFormLabels } from '../augment/writtenForms'

const perLabel = 12
const drawn: ModelInput = { width: 28, height: 28, raster: { box: 20, penWidth: 2, centre: 'mass' } }

/**
 * Digits to play with, drawn by the program in the forms that it also trains with; nobody wrote them. The same every time, so
 * that what a guide says of them holds.
 */
export function exampleSamples(): AddedSample[] {
  const random = new Random(7)
  return Array.from({ length: perLabel }, () => writtenFormLabels)
    .flat()
    .map((label) => {
      const ink = writtenForm(label, random).map((stroke) => [...stroke])
      return { label, ink, raster: inkToRaster(ink, drawn), source: 'import', predicted: null, model: '' }
    })
}
