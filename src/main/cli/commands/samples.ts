import type { Command } from 'commander'
import type { Dataset } from '../../../shared/contract/datasets'
import type { SampleFacets } from '../../../shared/contract/samples'
import { AppError } from '../../../shared/errors/appError'
import { parseFilter } from '../../../shared/samples/filterText'
import { countSampleBlock, readSampleBlock } from '../../../shared/samples/sampleBlock'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'

interface SamplesOptions {
  dataset?: string
  filter: string
  count: string
  repair?: true
  json?: true
}

/** What fits on a terminal of the samples themselves. */
const mostShown = 1000

/** `longhand samples`: the data sets, or what is in one. */
export function addSamples(program: Command, run: RunCommand): void {
  program
    .command('samples')
    .description('tell what data sets there are, or what is in one')
    .option('--dataset <name>', 'tells of this one')
    .option(
      '--filter <filter>',
      'label=3&split=test&writer=w7&corrected=true&confidence=0.2..0.9 and so on',
      '',
    )
    .option('--count <number>', 'also lists this many of the samples', '0')
    .option('--repair', 'saves what can be read of a broken store into a new file, and keeps the broken one')
    .option('--json', 'one JSON object')
    .action((options: SamplesOptions) =>
      run(async (session) => {
        const { client, print } = session
        if (options.repair) {
          const repaired = await client.samples.repair()
          if (options.json) print(JSON.stringify(repaired))
          else print(`${repaired.samples} samples saved, ${repaired.lost} rows lost; kept ${repaired.broken}`)
          return DONE
        }
        const datasets = await client.datasets.list()
        if (options.dataset === undefined) {
          if (options.json) print(JSON.stringify(datasets))
          else for (const line of describeDatasets(datasets)) print(line)
          return DONE
        }
        const dataset = datasets.find(({ name }) => name === options.dataset)
        if (!dataset) throw new AppError('dataset-unknown', { name: options.dataset })
        await tellSamples(session, dataset, options)
        return DONE
      }),
    )
}

async function tellSamples(
  { client, print }: Session,
  { id, name }: Dataset,
  { filter: text, count, json }: SamplesOptions,
): Promise<void> {
  const parsed = parseFilter(text)
  if (typeof parsed === 'string') throw new AppError('filter-invalid', { filter: text, detail: parsed })
  const filter = { ...parsed, dataset: id }
  const facets = await client.samples.facets({ filter })
  const wanted = Math.min(mostShown, Math.max(0, Math.floor(Number(count)) || 0))
  const page = wanted > 0 ? await client.samples.page({ query: { filter }, offset: 0, count: wanted }) : null
  const samples = Array.from({ length: page ? countSampleBlock(page.block) : 0 }, (_, at) => {
    const {
      id: sample,
      label,
      predicted,
      flagged,
      corrected,
    } = readSampleBlock(page?.block ?? new Uint8Array(0), at)
    const text = (number: number | null): string | null =>
      number === null ? null : (page?.labels[number] ?? null)
    return { id: sample, label: text(label), predicted: text(predicted), flagged, corrected }
  })
  if (json) {
    print(JSON.stringify({ dataset: name, filter: text, ...facets, samples }))
    return
  }
  for (const line of describeFacets(name, facets)) print(line)
  for (const sample of samples) print(`${sample.id}\t${sample.label}\t${sample.predicted ?? ''}`)
}

function describeDatasets(datasets: readonly Dataset[]): string[] {
  return datasets.map(({ name, samples, labels }) => `${name}: ${samples} samples of ${labels} labels`)
}

function describeFacets(name: string, facets: SampleFacets): string[] {
  const shown = (
    what: string,
    values: readonly { value: string | boolean | null; count: number }[],
  ): string[] => {
    const parts = values.slice(0, 40).map(({ value, count }) => `${String(value ?? 'nobody known')} ${count}`)
    return parts.length === 0 ? [] : [`${what}: ${parts.join(', ')}${values.length > 40 ? ', …' : ''}`]
  }
  return [
    `${name}: ${facets.total} samples`,
    ...shown('labels', facets.labels),
    ...shown('splits', facets.splits),
    ...shown('writers', facets.writers),
    ...shown('sources', facets.sources),
    ...shown('corrected', facets.corrected),
    ...shown('flagged', facets.flagged),
    ...shown('read right', facets.right),
  ]
}
