import sharp from 'sharp'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { AuditFindings, AuditedSamples } from '../../engine/audit/auditSamples'

const columns = 10
const cell = { width: 84, height: 110, picture: 68, margin: 8 }

/** Draws the first suspects in rows: each as the model sees it, with its label and the suggested one. A PNG. */
export async function drawSuspects(
  { suspects }: AuditFindings,
  { rasters }: AuditedSamples,
  { width, height }: Pick<ModelInput, 'width' | 'height'>,
  count: number,
): Promise<Buffer> {
  const shown = suspects.slice(0, count)
  const size = { width: columns * cell.width, height: Math.ceil(shown.length / columns) * cell.height }
  const cells = await Promise.all(
    shown.map(async ({ sample, label, suggested }, at) => {
      const ink = rasters.subarray(sample * width * height, (sample + 1) * width * height)
      const png = await sharp(
        Uint8Array.from(ink, (value) => 255 - value),
        { raw: { width, height, channels: 1 } },
      )
        .resize(cell.picture, cell.picture, { kernel: 'nearest' })
        .png()
        .toBuffer()
      const x = (at % columns) * cell.width
      const y = Math.floor(at / columns) * cell.height
      return [
        `<image x="${x + cell.margin}" y="${y + cell.margin}" width="${cell.picture}" height="${cell.picture}" href="data:image/png;base64,${png.toString('base64')}"/>`,
        `<rect x="${x + cell.margin}" y="${y + cell.margin}" width="${cell.picture}" height="${cell.picture}" fill="none" stroke="#d4d4d8"/>`,
        `<text x="${x + cell.width / 2}" y="${y + cell.height - 14}" text-anchor="middle"><tspan fill="#71717a">${escapeXml(label)}</tspan><tspan fill="#71717a"> → </tspan><tspan fill="#4338ca" font-weight="700">${escapeXml(suggested)}</tspan></text>`,
      ].join('')
    }),
  )
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="sans-serif" font-size="16">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...cells,
    '</svg>',
  ].join('\n')
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer()
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
