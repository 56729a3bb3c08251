import type { Command } from 'commander'
import { availableParallelism, cpus } from 'node:os'
import { forkEngine } from '../../engineProcess/host/forkEngine'
import { createErrorLog } from '../../log'
import type { ScrollingReport } from './measureScrolling'
import { measureSamples, type SamplesReport } from './measureSamples'

interface SamplesOptions {
  sizes: string
  json?: true
}

/** `bench samples`: how fast samples come into the store, how fast pages of them come out, and how smoothly they scroll. */
export function addSamplesBench(program: Command, programFolder: string): void {
  program
    .command('samples')
    .description(
      'the speed of imports, of pages out of stores of several sizes, and of scrolling through the largest',
    )
    .option('--sizes <numbers>', 'samples of the stores that pages are asked of', '1000,100000,1000000')
    .option('--json', 'one JSON object')
    .action(async ({ sizes, json }: SamplesOptions) => {
      const spawn = forkEngine({ programFolder, log: createErrorLog() })
      const chromium = process.env.LONGHAND_CHROMIUM ?? ''
      const browser = chromium === '' ? null : { programFolder, chromium }
      const report = await measureSamples(spawn, sizes.split(',').map(Number), browser, (text) =>
        process.stderr.write(`${text}\n`),
      )
      const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() }
      const lines = json ? [JSON.stringify({ ...machine, ...report })] : describeReport(report)
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

/** As tables in Markdown, for BENCHMARKS.md. */
function describeReport({ imported, pages, scrolling }: SamplesReport): string[] {
  const ms = (value: number): string => value.toFixed(1)
  return [
    `${imported.samples} samples of MNIST imported in ${imported.seconds.toFixed(1)} s`,
    '',
    '| samples | p50 ms | p99 ms | slowest first page of a query, ms | store MB |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...pages.map(
      ({ samples, p50Ms, p99Ms, firstMs, megabytes }) =>
        `| ${samples} | ${ms(p50Ms)} | ${ms(p99Ms)} | ${ms(firstMs)} | ${megabytes} |`,
    ),
    ...(scrolling === null
      ? ['', 'no Chromium to scroll in; name one in LONGHAND_CHROMIUM']
      : describeScrolling(scrolling)),
  ]
}

function describeScrolling(report: ScrollingReport): string[] {
  const { samples, frames, p50Ms, p95Ms, longestMs, computedMs, heapMegabytes, residentMegabytes } = report
  const memory = residentMegabytes === null ? '' : `, its process ${residentMegabytes.toFixed(0)} MB`
  return [
    '',
    `scrolling through ${samples}: ${frames} frames, p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, ` +
      `longest ${longestMs.toFixed(1)} ms, of which the page itself computes ${computedMs.toFixed(1)} ms of processor time a frame; the page's scripts hold ${heapMegabytes.toFixed(0)} MB${memory}`,
  ]
}
