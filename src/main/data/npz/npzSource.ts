import { AppError } from '../../../shared/errors/appError'
import { malformed } from '../dataErrors'
import { evenPolarity } from '../evenPolarity'
import { firstBytes } from '../files/fileKind'
import { readOrLeaveOut } from '../leaveOut'
import { checkLabel } from '../sampleLabel'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { chooseArrays } from './chooseArrays'
import { textReader } from './npyArray'
import { readArrays, type NamedArray } from './npzArrays'
import { pictureLayout } from './pictureLayout'
import { pixelReader } from './pixelReader'
import { pixelScale } from './pixelScale'

/**
 * NumPy's .npz with an array of pictures (`[count, height, width]`, with one or three channels before or after, or flat
 * squares, of any number type and order) and one of labels (numbers or texts), by the usual names, such as Keras' mnist.npz.
 *
 * @param part which half, where the names tell of two
 */
export function npzSource(file: string, part: 'train' | 'test'): SampleSource {
  return {
    about: null,
    fitted: true,
    read: (signal, notes) => evenPolarity(readPictures(file, part, signal, notes), notes),
  }
}

async function* readPictures(
  file: string,
  part: 'train' | 'test',
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample & { kind: 'picture' }> {
  if ((await firstBytes(file, 1)).length === 0) throw new AppError('file-empty', { file })
  const { pictures, labels } = await readArrays(file, (names) => chooseArrays(names, part), signal)
  const layout = pictureLayout(pictures.array.header)
  if (typeof layout === 'string') throw malformed(file, pictures.name, layout)
  const { count, height, width } = layout
  const scale = pixelScale(pictures.array)
  if (typeof scale === 'number') throw malformed(file, pictures.name, `element ${scale} is no number`)
  const labelAt = labelReader(file, labels, count)
  const pixelsAt = pixelReader(pictures.array, layout, scale)
  for (let index = 0; index < count; index++) {
    const picture = { width, height, pixels: pixelsAt(index) }
    const label = readOrLeaveOut(notes, () => labelAt(index))
    if (label !== null) yield { kind: 'picture', label, writer: null, picture }
  }
}

function labelReader(file: string, { name, array }: NamedArray, count: number): (at: number) => string {
  const { shape } = array.header
  const total = shape.reduce((product, side) => product * side, 1)
  if (total !== count || shape[0] !== count) {
    throw malformed(file, name, `its shape is (${shape.join(', ')}), where there are ${count} pictures`)
  }
  const text = textReader(array)
  return (at) => checkLabel(text(at).trim(), file, `${name}, element ${at}`)
}
