import { buffer } from 'node:stream/consumers'
import PdfDocument from 'pdfkit'

/** What was read at a place of a page, in its pixels. */
interface PlacedText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A page's picture, as PNG or JPEG, and the words on it. */
export interface SearchablePage {
  readonly picture: Uint8Array
  readonly width: number
  readonly height: number
  readonly words: readonly PlacedText[]
}

/** The longer side of an A4 page, in PDF's unit, a 72nd of an inch. */
const longerSide = 842
/** PDF's "neither fill nor stroke text" (ISO 32000-1, table 106). */
const invisible = '3 Tr'

/**
 * A PDF that shows pictures of pages and can be searched and copied from: each word lies unseen over its place in the picture.
 * Words with characters that PDF's own fonts lack are left out, as text in another font would need that font in the file.
 */
export async function drawSearchablePdf(pages: readonly SearchablePage[]): Promise<Uint8Array<ArrayBuffer>> {
  const document = new PdfDocument({ autoFirstPage: false, margin: 0, info: { Title: 'Longhand' } })
  const written = buffer(document)
  for (const { picture, width, height, words } of pages) {
    const scale = longerSide / Math.max(width, height)
    document.addPage({ size: [width * scale, height * scale], margin: 0 })
    document.image(Buffer.from(picture), 0, 0, { width: width * scale, height: height * scale })
    document.font('Helvetica')
    for (const word of words) if (isLatin(word.text)) drawWord(document, word, scale)
  }
  document.end()
  return new Uint8Array(await written)
}

function drawWord(
  document: PDFKit.PDFDocument,
  { text, x, y, width, height }: PlacedText,
  scale: number,
): void {
  document.save()
  document.fontSize(Math.max(1, height * scale))
  const natural = document.widthOfString(text)
  document.addContent(invisible)
  // Tz stretches the text over the whole word; @types/pdfkit does not know pdfkit's own option for it.
  if (natural > 0) document.addContent(`${Math.round((100 * width * scale) / natural)} Tz`)
  document.text(text, x * scale, y * scale, { lineBreak: false, baseline: 'top' })
  document.restore()
}

/** Whether the fonts that every reader of PDF has can write it. */
function isLatin(text: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u00ff]+$/.test(text)
}
