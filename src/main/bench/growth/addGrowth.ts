import type { Command } from 'commander'
import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { positiveNumber } from '../numbers'
import { drawGrowth } from './drawGrowth'
import { measureGrowth, type GrowthSeries } from './measureGrowth'

interface GrowthOptions {
  seconds: number
  rounds: number
  picture?: string
  json?: true
}

/** `bench growth`: how the cost of training grows with batch, width and classes. */
export function addGrowth(program: Command): void {
  program
    .command('growth')
    .description('what training costs by batch, width and classes, in processor time')
    .option('--seconds <number>', 'processor time that each gets in a round', positiveNumber, 2)
    .option('--rounds <number>', 'how often all take their turn', positiveNumber, 3)
    .option('--picture <file>', 'where to draw it, as SVG')
    .option('--json', 'one JSON object')
    .action(async ({ seconds, rounds, picture, json }: GrowthOptions) => {
      const series = await measureGrowth({ seconds, rounds: Math.ceil(rounds) }, (text) =>
        process.stderr.write(`${text}\n`),
      )
      if (picture !== undefined) await writeFile(picture, drawGrowth(series))
      const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() }
      const lines = json ? [JSON.stringify({ ...machine, series })] : describeGrowth(machine, series)
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

/** As tables in Markdown, for BENCHMARKS.md. */
function describeGrowth(
  { processor, cores }: { processor: string; cores: number },
  series: readonly GrowthSeries[],
): string[] {
  return [
    `${processor}, ${cores} cores; images per second of processor time`,
    ...series.flatMap(({ what, points }) => [
      '',
      `| ${what} | ${points.map(({ value }) => value).join(' | ')} |`,
      `| --- | ${points.map(() => '---:').join(' | ')} |`,
      `| images/s | ${points.map(({ imagesPerSecond }) => imagesPerSecond).join(' | ')} |`,
    ]),
  ]
}
