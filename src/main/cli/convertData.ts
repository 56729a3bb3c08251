import { resolve } from 'node:path'
import type { Conversion, ConversionFormat } from '../../shared/contract/conversion'
import { AppError } from '../../shared/errors/appError'
import { createProgress } from './progress'
import { resolveData } from './references'
import type { Session } from './session'

/** The format that a file's name tells, or null. */
export function formatOf(file: string): ConversionFormat | null {
  const name = file.toLowerCase()
  if (/\.(jsonl|ndjson)(\.gz)?$/.test(name)) return 'ink'
  if (name.endsWith('.inkml')) return 'inkml'
  if (name.endsWith('.zip')) return 'images'
  if (name.endsWith('.parquet')) return 'parquet'
  return null
}

/** Converts, with a bar of how far it is. */
export async function convertData(
  { client, environment }: Session,
  { data, to, force }: { data: string; to: string; force?: true | undefined },
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
export function conversionJson(conversion: Conversion) {
  const { format, files, data, samples, labels, people, size, redrawn } = conversion
  return { format, files, data, samples, labels, people, size, redrawn }
}

export function describeConversion({
  files,
  data,
  samples,
  labels,
  people,
  size,
  redrawn,
}: Conversion): string[] {
  const shown = labels.slice(0, 40).join(' ') + (labels.length > 40 ? ' …' : '')
  return [
    `${samples} samples of ${labels.length} labels${people === null ? '' : ` by ${people} people`}: ${shown}`,
    ...(size && redrawn ? [`drawn anew at ${size.width} x ${size.height} pixels by MNIST's recipe`] : []),
    ...files.map((file) => `wrote ${file}`),
    `open it with --data ${data}`,
  ]
}
