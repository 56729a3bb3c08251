import type { Command } from 'commander'
import { resolve } from 'node:path'
import { positiveNumber } from '../numbers'
import { measureLines } from './measureLines'

interface LinesOptions {
  data: string
  model: string
  lines: number
  seed: number
  verbose?: true
  json?: true
}

/** `bench lines`: how well lines are read that are composed of real characters. */
export function addLines(program: Command, digitsFolder: string): void {
  program
    .command('lines')
    .description("how well lines are read, composed of each writer's own characters")
    .requiredOption('--data <data>', 'ink of characters that tells who wrote it')
    .option('--model <folder>', "a model's folder", digitsFolder)
    .option('--lines <number>', 'lines of each kind and writer', positiveNumber, 5)
    .option('--seed <number>', 'what is random is drawn from', positiveNumber, 1)
    .option('--verbose', 'tell what was read wrongly')
    .option('--json', 'one JSON object')
    .action(async ({ model, verbose, json, ...options }: LinesOptions) => {
      const tell = (line: string): void => {
        if (verbose) process.stderr.write(`${line}\n`)
      }
      const results = await measureLines({ ...options, modelFolder: resolve(model) }, tell)
      const lines = json
        ? [JSON.stringify(results)]
        : [
            '| expected | lines | whole lines right | character error | median ms |',
            '| -------- | ----: | ----------------: | --------------: | --------: |',
            ...results.map(
              ({ kind, lines: count, accuracy, characterError, medianMs }) =>
                `| ${kind} | ${count} | ${percent(accuracy)} | ${percent(characterError)} | ${medianMs.toFixed(1)} |`,
            ),
          ]
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`
