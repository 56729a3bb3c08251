import { buffer } from 'node:stream/consumers'
import PdfDocument from 'pdfkit'
import { PromptFont, type PromptGlyphs } from './promptGlyphs'
import { drawCode, type SheetContent } from './sheetCode'
import { cellAt, cellsPerSheet, codeSquare, marker, markerMiddles } from './sheetLayout'

/** PDF's unit, a 72nd of an inch. */
const pointsPerMm = 72 / 25.4
/** Lighter than any ink, so that a box is not taken for a stroke. */
const boxColour = '#a9c4d8'
/** In the font's units. As it is, the variable font is of its thinnest weight, and fontkit makes no other from WOFF2. */
const boldness = 34

/** Printable sheets that ask for each label `copies` times: A4, to be filled in with any dark pen. */
export async function drawSheets(
  labels: readonly string[],
  copies: number,
): Promise<{ pdf: Uint8Array<ArrayBuffer>; pages: number }> {
  const cells = labels.flatMap((label) => Array.from({ length: copies }, () => label))
  const pages = Math.ceil(cells.length / cellsPerSheet)
  const document = new PdfDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: 'Longhand' },
  })
  const font = new PromptFont()
  const written = buffer(document)
  for (let page = 1; page <= pages; page++) {
    const own = cells.slice((page - 1) * cellsPerSheet, page * cellsPerSheet)
    document.addPage()
    document.scale(pointsPerMm)
    await drawPage(document, { page, pages, labels: own }, font)
  }
  document.end()
  return { pdf: new Uint8Array(await written), pages }
}

type Document = InstanceType<typeof PdfDocument>

async function drawPage(document: Document, content: SheetContent, font: PromptFont): Promise<void> {
  drawMarkers(document)
  drawQr(document, content)
  document.fillColor('#000').font('Helvetica').fontSize(5)
  document.text('Longhand', 28, 12, { lineBreak: false })
  document.fontSize(3).fillColor('#444')
  const words = 'Write each character into its box with a dark pen.'
  document.text(`${words} Keep the corners and the code clean.`, 28, 20, { lineBreak: false })
  document.text(`${content.page} / ${content.pages}`, 28, 26, { lineBreak: false })
  for (const [index, label] of content.labels.entries()) {
    const { prompt, box } = cellAt(index)
    document.lineWidth(0.25).strokeColor(boxColour).rect(box.x, box.y, box.side, box.side).stroke()
    const glyphs = await font.glyphsOf(label)
    document.fillColor('#000')
    if (glyphs) drawGlyphs(document, glyphs, prompt)
    else document.fontSize(2.6).text(codePoints(label), prompt.x, prompt.y + 1, { lineBreak: false })
  }
}

function drawMarkers(document: Document): void {
  for (const { x, y } of markerMiddles) {
    const square = (side: number): [number, number, number, number] => [
      x - side / 2,
      y - side / 2,
      side,
      side,
    ]
    document
      .fillColor('#000')
      .rect(...square(marker.outer))
      .fill()
    document
      .fillColor('#fff')
      .rect(...square(marker.outer - 2 * marker.ring))
      .fill()
    document
      .fillColor('#000')
      .rect(...square(marker.inner))
      .fill()
  }
}

function drawQr(document: Document, content: SheetContent): void {
  const modules = drawCode(content)
  const side = codeSquare.side / modules.length
  document.fillColor('#000')
  modules.forEach((row, down) => {
    row.forEach((dark, across) => {
      if (dark) document.rect(codeSquare.x + across * side, codeSquare.y + down * side, side, side)
    })
  })
  document.fill()
}

function drawGlyphs(
  document: Document,
  { outlines, unitsPerEm }: PromptGlyphs,
  place: { x: number; y: number; height: number },
): void {
  const scale = place.height / unitsPerEm
  for (const { path, x } of outlines) {
    if (path === '') continue
    document.save()
    // The baseline of Noto Sans lies at 0.88 of the line's height.
    document.translate(place.x + x * scale, place.y + 0.88 * place.height).scale(scale, -scale)
    document.path(path).lineWidth(boldness).fillAndStroke('#000', '#000')
    document.restore()
  }
}

function codePoints(text: string): string {
  return Array.from(
    text,
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  ).join(' ')
}
