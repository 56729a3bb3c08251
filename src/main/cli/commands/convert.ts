import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import {
  conversionFormatSchema,
  type Conversion,
  type ConversionFormat,
} from '../../../shared/contract/conversion'
import { AppError } from '../../../shared/errors/appError'
import { dataForms } from '../dataForms'
import { createProgress } from '../progress'
import { parseLabels, resolveData } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { UsageError } from '../usageError'

interface ConvertOptions {
  data: string
  to: string
  format?: ConversionFormat
  only?: string
  force?: true
  json?: true
}

/** `longhand convert`: labelled data in another format. */
export function addConvert(program: Command, run: RunCommand): void {
  program
    .command('convert')
    .description('write labelled data in another format')
    .requiredOption('--data <data>', dataForms)
    .requiredOption('--to <file>', 'the file; for idx, what its two files begin with')
    .addOption(
      new Option('--format <name>', "told by the file's name otherwise").choices(
        conversionFormatSchema.options,
      ),
    )
    .option('--only <labels>', 'keep just these labels: "0123456789", or "zero,one,..."')
    .option('--force', 'replace what is there')
    .option('--json', 'one JSON object')
    .action((options: ConvertOptions) =>
      run(async (session) => {
        const only = options.only === undefined ? null : parseLabels(options.only)
        if (only?.length === 0) throw new UsageError('--only names no label')
        const format = options.format ?? formatOf(options.to)
        if (format === null)
          throw new UsageError('--format says what to write; the name of the file does not')
        const conversion = await convert(session, options, format, only)
        if (options.json) session.print(JSON.stringify(toJson(conversion)))
        else for (const line of describeConversion(conversion)) session.print(line)
        return DONE
      }),
    )
}

/** The format that a file's name tells, or null. */
function formatOf(file: string): ConversionFormat | null {
  const name = file.toLowerCase()
  if (/\.(jsonl|ndjson)(\.gz)?$/.test(name)) return 'ink'
  if (name.endsWith('.inkml')) return 'inkml'
  if (name.endsWith('.zip')) return 'images'
  if (name.endsWith('.parquet')) return 'parquet'
  return null
}

async function convert(
  { client, environment }: Session,
  { data, to, force }: ConvertOptions,
  format: ConversionFormat,
  only: string[] | null,
): Promise<Conversion> {
  const { userFolder, interrupted } = environment
  const progress = createProgress(environment, '{step} {bar} {value} of {total}', { step: '' })
  try {
    const events = await client.data.convert(
      {
        data: resolveData(data, userFolder),
        file: resolve(userFolder, to),
        format,
        only,
        force: force ?? false,
      },
      { signal: interrupted },
    )
    for await (const event of events) {
      if (event.event === 'done') return event.conversion
      progress.update(event.done, event.total ?? event.done, { step: event.step })
    }
    throw new AppError('cancelled', {})
  } finally {
    progress.stop()
  }
}

/** The fields of the documented shape, in its order. */
function toJson(conversion: Conversion) {
  const { format, files, data, samples, labels, people, size, redrawn } = conversion
  return { format, files, data, samples, labels, people, size, redrawn }
}

function describeConversion({ files, data, samples, labels, people, size, redrawn }: Conversion): string[] {
  const shown = labels.slice(0, 40).join(' ') + (labels.length > 40 ? ' …' : '')
  return [
    `${samples} samples of ${labels.length} labels${people === null ? '' : ` by ${people} people`}: ${shown}`,
    ...(size && redrawn ? [`drawn anew at ${size.width} x ${size.height} pixels by MNIST's recipe`] : []),
    ...files.map((file) => `wrote ${file}`),
    `open it with --data ${data}`,
  ]
}
