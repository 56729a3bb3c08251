import type { Point } from '../../../shared/ink/ink'
import { malformed } from '../dataErrors'
import type { DatasetCard } from '../card/datasetCard'
import { cardAnnotation } from '../inkml/inkmlSource'
import { encoded } from './byteStreams'
import { decimalText } from './decimalText'
import type { InkSample } from './writeInkLines'

/**
 * Ink as one InkML file: a traceGroup a sample, with the annotations "truth" and "writer"; times and pressures, where a point
 * has them, as intermittent channels.
 *
 * @param data names the source in errors
 * @throws AppError 'data-malformed' for a label that XML cannot hold
 */
export function writeInkml(
  samples: AsyncIterable<InkSample>,
  card: DatasetCard,
  data: string,
): AsyncGenerator<Uint8Array> {
  return encoded(texts(samples, card, data))
}

const format = `<traceFormat>
<channel name="X" type="decimal"/>
<channel name="Y" type="decimal"/>
<intermittentChannels>
<channel name="T" type="decimal" units="ms"/>
<channel name="F" type="decimal" min="0" max="1"/>
</intermittentChannels>
</traceFormat>
`

async function* texts(
  samples: AsyncIterable<InkSample>,
  card: DatasetCard,
  data: string,
): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<ink xmlns="http://www.w3.org/2003/InkML">\n'
  // JSON has no control characters and writes any other with a backslash where that is wanted, so all of it is XML.
  yield `<annotation type="${cardAnnotation}">${escape(JSON.stringify(card))}</annotation>\n${format}`
  let index = 0
  for await (const { label, writer, ink } of samples) {
    const annotations =
      annotation('truth', label, data, index) +
      (writer === null ? '' : annotation('writer', writer, data, index))
    const traces = ink.map((stroke) => `<trace>${stroke.map(pointText).join(',')}</trace>\n`)
    yield `<traceGroup>\n${annotations}${traces.join('')}</traceGroup>\n`
    index++
  }
  yield '</ink>\n'
}

/** Whether XML 1.0 cannot hold a character, not even by number: most control characters, and two that are none. */
function isOutsideOfXml(character: string): boolean {
  const code = character.charCodeAt(0)
  return (code < 0x20 && !'\t\n\r'.includes(character)) || code === 0xfffe || code === 0xffff
}

function annotation(type: string, text: string, data: string, index: number): string {
  if (Array.from(text).some(isOutsideOfXml)) {
    throw malformed(data, `sample ${index}`, `its ${type} has a control character, which XML cannot hold`)
  }
  const space = text === text.trim() ? '' : ' xml:space="preserve"'
  return `<annotation type="${type}"${space}>${escape(text)}</annotation>\n`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

function pointText(point: Point): string {
  return point.map(decimalText).join(' ')
}
