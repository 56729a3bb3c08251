import type { Command } from 'commander'
import { availableParallelism, cpus } from 'node:os'
import { positiveNumber } from '../numbers'
import { measureSoak, type SoakReport } from './measureSoak'

interface SoakOptions {
  minutes: number
  json?: true
}

/** `bench soak`: writing for a long time, with trainings in between: what it takes of memory, and whether a stroke is lost. */
export function addSoak(program: Command, programFolder: string): void {
  program
    .command('soak')
    .description('simulated writing at 240 points a second with trainings in between; memory, lost strokes')
    .option('--minutes <number>', 'how long', positiveNumber, 30)
    .option('--json', 'one JSON object')
    .action(async ({ minutes, json }: SoakOptions) => {
      const chromium = process.env.LONGHAND_CHROMIUM || null
      const report = await measureSoak(programFolder, minutes, chromium, (text) =>
        process.stderr.write(`${text}\n`),
      )
      const lines = json ? [JSON.stringify(report)] : describeSoak(report)
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

/** As Markdown, for BENCHMARKS.md. */
function describeSoak({
  minutes,
  writing,
  lastAnswer,
  droppedStrokes,
  trainings,
  onPage,
  memory,
}: SoakReport): string[] {
  const { characters, strokes, points, readings } = writing
  return [
    `${minutes} minutes on ${cpus()[0]?.model ?? 'an unknown processor'}, ${availableParallelism()} cores: ${characters} characters, ` +
      `${strokes} strokes, ${points} points, ${readings} readings, ${trainings} trainings${onPage === null ? '' : `, ${onPage} characters on the page`}; ${droppedStrokes} strokes lost. From the last ` +
      `point to the answer: p50 ${lastAnswer.p50Ms.toFixed(1)} ms, p99 ${lastAnswer.p99Ms.toFixed(1)} ms.`,
    '',
    '| process | after warm-up, MB | at the end, MB | growth | most, MB |',
    '| :-- | ---: | ---: | ---: | ---: |',
    ...memory.map(
      ({ process, firstMegabytes, lastMegabytes, mostMegabytes }) =>
        `| ${process} | ${firstMegabytes} | ${lastMegabytes} | ` +
        `${percent(lastMegabytes / firstMegabytes - 1)} | ${mostMegabytes} |`,
    ),
  ]
}

/** A process that was not there in one of the two tenths has no growth. */
function percent(share: number): string {
  return Number.isNaN(share) ? '' : `${(100 * share).toFixed(1)}%`
}
