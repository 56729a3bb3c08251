import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { CutPage } from '../../../shared/contract/pages'
import { readPictureFile } from '../readPictureFile'
import { resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'
import { characterJson, writeCutPage } from '../writeCutPage'

interface CutOptions {
  turn: string
  sheet?: true
  model?: string
  out?: string
  force?: true
  json?: true
}

/** `longhand cut PICTURE`: the characters on a photo or scan of a page. */
export function addCut(program: Command, run: RunCommand): void {
  program
    .command('cut')
    .description('cut a photo or scan of a page of handwriting into characters')
    .argument('<picture>', 'PNG, JPEG, WebP, BMP or TIFF; - is standard input')
    .addOption(
      new Option('--turn <degrees>', 'turn the picture clockwise first')
        .choices(['0', '90', '180', '270'])
        .default('0'),
    )
    .option('--sheet', 'only a printed sheet will do (which is known without it, too)')
    .option('--out <path>', 'write the characters: a folder of pictures, or FILE.jsonl of rasters')
    .option(
      '--model <name>',
      'whose recipe the rasters of FILE.jsonl are made by; the active model otherwise',
    )
    .option('--force', 'replace what is there')
    .option('--json', 'one JSON object')
    .action((picture: string, options: CutOptions) =>
      run(async ({ client, environment, print, tell }) => {
        const signal = environment.interrupted
        const file = picture === '-' ? 'standard input' : picture
        const cut = await client.pages.cut(
          {
            picture: await readPictureFile(picture, environment),
            file,
            quarterTurns: Number(options.turn) / 90,
            sheet: options.sheet ?? false,
          },
          { signal },
        )
        if (options.out !== undefined) {
          const model =
            options.model === undefined ? undefined : resolveModel(options.model, environment.userFolder)
          const boxes = cut.boxes.map(({ x, y, width, height }) => ({ x, y, width, height }))
          const samples = await client.pages.samples({ page: cut.page, boxes, model }, { signal })
          const out = resolve(environment.userFolder, options.out)
          await writeCutPage(out, cut, samples, options.force ?? false)
          if (!options.json) tell(`wrote ${out}`)
        }
        if (options.json) print(JSON.stringify(toJson(file, cut)))
        else for (const line of describe(file, cut)) print(line)
        return DONE
      }),
    )
}

/** The fields of the documented shape, in its order. */
function toJson(file: string, { width, height, sheet, boxes }: CutPage) {
  return { file, width, height, sheet, characters: boxes.map(characterJson) }
}

function describe(file: string, { boxes, sheet }: CutPage): string[] {
  const rows = Array.from({ length: Math.max(0, ...boxes.map(({ row }) => row + 1)) }, (_, row) =>
    boxes.filter((box) => box.row === row),
  )
  const kind = sheet === null ? '' : `, page ${sheet.page} of ${sheet.pages} of a sheet`
  return [
    `${file}: ${boxes.length} characters in ${rows.length} rows${kind}`,
    ...rows.map((members, row) => {
      const doubtful = members.filter(({ confidence }) => confidence < 0.5).length
      const note = doubtful === 0 ? '' : `, ${doubtful} of them doubtful`
      const labels = members.flatMap(({ label }) => label ?? [])
      return `row ${row + 1}: ${members.length}${note}${labels.length === 0 ? '' : `  ${labels.join(' ')}`}`
    }),
  ]
}
