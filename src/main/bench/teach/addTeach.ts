import type { Command } from 'commander'
import { teachingRungSchema } from '../../../shared/teaching/teaching'
import { positiveNumber } from '../numbers'
import { measureTeaching } from './measureTeaching'
import { summarizeTeaching } from './summarizeTeaching'

interface TeachBenchOptions {
  data: string
  base: string
  baseData?: string
  shots: string
  modes: string
  least: number
  writers: number
  seed: number
  json?: true
}

/** `bench teach`: what a model gains from a few samples of one hand. */
export function addTeach(program: Command, digitsFolder: string, workerFile: string): void {
  program
    .command('teach')
    .description("what a model gains from a few samples of one writer's hand, for each writer in turn")
    .requiredOption('--data <data>', 'labelled data that tells who wrote it')
    .option('--base <folder>', "the model's folder", digitsFolder)
    .option('--base-data <data>', "what the base's abilities are measured on; what travels with it otherwise")
    .option('--shots <numbers>', 'samples a class', '1,3,5')
    .option('--modes <names>', 'rungs', teachingRungSchema.options.join(','))
    .option('--least <number>', 'samples that a writer has to have', positiveNumber, 40)
    .option('--writers <number>', 'how many of the writers', positiveNumber, 1000)
    .option('--seed <number>', 'what is random is drawn from', positiveNumber, 1)
    .option('--json', 'one JSON object')
    .action(async ({ base, shots, modes, json, ...options }: TeachBenchOptions) => {
      const results = await measureTeaching(
        {
          ...options,
          baseFolder: base,
          workerFile,
          shots: shots.split(',').map(positiveNumber),
          modes: modes.split(',').map((mode) => teachingRungSchema.parse(mode)),
        },
        ({ writer, mode, shots: count, before, after }) =>
          process.stderr.write(`${writer}: ${mode} with ${count}: ${percent(before)} -> ${percent(after)}\n`),
      )
      const summary = summarizeTeaching(results)
      const lines = json
        ? [JSON.stringify({ summary, results })]
        : [
            '| shots | mode | writers | before | after | spread | errors gone | worse | base | base, lowest | seconds | longest |',
            '| ----: | ---- | ------: | -----: | ----: | -----: | ----------: | ----: | ---: | -----------: | ------: | ------: |',
            ...summary.map(
              (row) =>
                `| ${row.shots} | ${row.mode} | ${row.writers} | ${percent(row.before)} | ${percent(row.after)} | ` +
                `${percent(row.spread)} | ${percent(row.errorsGone)} | ${row.worse} | ${percent(row.baseBefore)} -> ` +
                `${percent(row.baseAfter)} | ${percent(row.lowestBaseAfter)} | ${row.seconds.toFixed(1)} | ` +
                `${row.longestSeconds.toFixed(1)} |`,
            ),
          ]
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

const percent = (share: number): string => (100 * share).toFixed(2)
