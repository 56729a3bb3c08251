import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeBase64 } from '../../shared/base64'
import type { CharacterBox, CharacterSample, CutPage } from '../../shared/contract/pages'
import { folderNames } from '../../shared/folderNames'
import { writeOutput } from './writeOutput'

/**
 * Writes a page's characters: into `FILE.jsonl` a line each with its raster (`pixels` in base64), into a folder a picture each,
 * below a folder of its label where that is known, with `page.png` and `characters.jsonl`. All of it or nothing.
 *
 * @throws AppError 'file-exists', 'file-unwritable'
 */
export async function writeCutPage(
  out: string,
  cut: CutPage,
  samples: readonly CharacterSample[],
  force: boolean,
): Promise<void> {
  await writeOutput(
    out,
    (part) =>
      /\.jsonl$/i.test(out) ? writeFile(part, rasterLines(cut, samples)) : writePictures(part, cut, samples),
    force,
  )
}

/** The fields of the documented shape, in its order. */
export function characterJson({ label, row, column, x, y, width, height, confidence }: CharacterBox) {
  return { label, row, column, x, y, width, height, confidence }
}

function rasterLines({ boxes }: CutPage, samples: readonly CharacterSample[]): string {
  const lines = boxes.flatMap((box, at) => {
    const raster = samples[at]?.raster
    if (!raster) return []
    const { width, height, pixels } = raster
    return [
      JSON.stringify({ ...characterJson(box), raster: { width, height, pixels: encodeBase64(pixels) } }),
    ]
  })
  return lines.map((line) => `${line}\n`).join('')
}

async function writePictures(
  folder: string,
  { page, boxes }: CutPage,
  samples: readonly CharacterSample[],
): Promise<void> {
  const labels = [...new Set(boxes.flatMap(({ label }) => label ?? []))]
  const names = new Map(folderNames(labels).map((name, at) => [labels[at], name]))
  const lines: string[] = []
  await mkdir(folder)
  await writeFile(join(folder, 'page.png'), page)
  for (const [at, box] of boxes.entries()) {
    const sample = samples[at]
    if (!sample?.raster) continue
    const own = box.label === null ? '' : (names.get(box.label) ?? '')
    const file = join(own, `${box.row + 1}-${box.column + 1}.png`)
    await mkdir(join(folder, own), { recursive: true })
    await writeFile(join(folder, file), sample.picture)
    lines.push(`${JSON.stringify({ file: file.replaceAll('\\', '/'), ...characterJson(box) })}\n`)
  }
  await writeFile(join(folder, 'characters.jsonl'), lines.join(''))
}
