import { AppError } from '../../../shared/errors/appError'
import { malformed } from '../dataErrors'
import { evenPolarity } from '../evenPolarity'
import { firstBytes } from '../files/fileKind'
import { checkLabel } from '../sampleLabel'
import type { SampleSource, SourceSample } from '../sampleSource'
import { chooseArrays } from './chooseArrays'
import { numberReader, textReader } from './npyArray'
import { readArrays, type NamedArray } from './npzArrays'
import { pictureLayout } from './pictureLayout'
import { pixelScale } from './pixelScale'

/**
 * NumPy's .npz with an array of pictures (`[count, height, width]`, with one or three channels before or after, or flat
 * squares, of any number type and order) and one of labels (numbers or texts), by the usual names, such as Keras' mnist.npz.
 *
 * @param part which half, where the names tell of two
 */
export function npzSource(file: string, part: 'train' | 'test'): SampleSource {
  return { about: null, fitted: true, read: (signal) => evenPolarity(readPictures(file, part, signal)) }
}

async function* readPictures(
  file: string,
  part: 'train' | 'test',
  signal?: AbortSignal,
): AsyncGenerator<SourceSample & { kind: 'picture' }> {
  if ((await firstBytes(file, 1)).length === 0) throw new AppError('file-empty', { file })
  const { pictures, labels } = await readArrays(file, (names) => chooseArrays(names, part), signal)
  const { header } = pictures.array
  const layout = pictureLayout(header)
  if (typeof layout === 'string') throw malformed(file, pictures.name, layout)
  const { count, height, width, place, channels } = layout
  const number = numberReader(pictures.array)
  const scale = pixelScale(number, header.shape)
  if (typeof scale === 'number') throw malformed(file, pictures.name, `element ${scale} is no number`)
  const labelAt = labelReader(file, labels, count)
  for (let index = 0; index < count; index++) {
    const pixels = new Uint8Array(height * width)
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0; x < width; x++, to++) {
        const first = number(place(index, y, x, 0))
        // By ITU-R BT.601, as NumPy's own companions turn colours to grey.
        const grey =
          channels === 1
            ? first
            : 0.299 * first + 0.587 * number(place(index, y, x, 1)) + 0.114 * number(place(index, y, x, 2))
        pixels[to] = scale(grey)
      }
    }
    yield { kind: 'picture', label: labelAt(index), writer: null, picture: { width, height, pixels } }
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
