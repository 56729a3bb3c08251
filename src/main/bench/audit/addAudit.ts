import type { Command } from 'commander'
import { writeFile } from 'node:fs/promises'
import { readCard } from '../../engine/model/modelFolder'
import { positiveNumber } from '../numbers'
import { drawSuspects } from './drawSuspects'
import { measureAudit, type AuditMeasure } from './measureAudit'

interface AuditBenchOptions {
  data: string
  model: string
  share: number
  seed: number
  first: number
  picture?: string
  json?: true
}

/** Suspects of a picture. */
const drawn = 30

/** `bench audit`: whether labels that were made wrong are found, and what it takes. */
export function addAudit(program: Command, digitsFolder: string): void {
  program
    .command('audit')
    .description('whether labels that were flipped at random are among the first suspects')
    .option('--data <data>', 'labelled data', 'mnist:test')
    .option('--model <folder>', "the model's folder", digitsFolder)
    .option('--share <number>', 'of the labels, to be flipped', Number, 0.02)
    .option('--seed <number>', 'what is random is drawn from', positiveNumber, 1)
    .option('--first <number>', 'suspects that are looked at', positiveNumber, 250)
    .option('--picture <file>', `where to draw the first ${drawn}, as PNG`)
    .option('--json', 'one JSON object')
    .action(async ({ model, picture, json, ...task }: AuditBenchOptions) => {
      const { measure, findings, samples } = await measureAudit({ ...task, modelFolder: model })
      if (picture !== undefined) {
        const { spec } = await readCard(model)
        await writeFile(picture, await drawSuspects(findings, samples, spec.input, drawn))
      }
      process.stdout.write(`${json ? JSON.stringify(measure) : describe(measure)}\n`)
    })
}

function describe({ samples, flipped, first, found, corrected, suspects, seconds }: AuditMeasure): string {
  const share = (part: number, whole: number): string =>
    whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
  return (
    `${samples} samples, ${flipped} flipped, ${suspects} suspects in ${seconds.toFixed(1)} s; ` +
    `of the flipped ${share(found, flipped)} among the first ${first}, ${share(corrected, found)} of those with the right label`
  )
}
