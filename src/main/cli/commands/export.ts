import { Option, type Command } from 'commander'
import { precisionSchema, type Precision } from '../../../shared/model/modelExport'
import { conversionFormatSchema, type ConversionFormat } from '../../../shared/contract/conversion'
import { conversionJson, convertData, describeConversion, formatOf } from '../convertData'
import { dataForms } from '../dataForms'
import { exportModel } from '../exportModel'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { UsageError } from '../usageError'

interface ExportOptions {
  model?: string
  dataset?: string
  filter?: string
  format?: ConversionFormat
  out: string
  precision: Precision
  data?: string
  force?: true
  json?: true
}

/** `longhand export`: a model as one ONNX file, which other programs can run; or a data set as a file. */
export function addExport(program: Command, run: RunCommand): void {
  program
    .command('export')
    .description('write a model as an ONNX file for other programs, or a data set as a file')
    .option('--model <name>', "a model's name, or its folder")
    .option('--dataset <name>', 'a data set, or a part of it: NAME:SPLIT')
    .option('--filter <filter>', 'of the data set: corrected=true&label=3 and so on')
    .addOption(
      new Option('--format <name>', "of a data set; told by the file's name otherwise").choices(
        conversionFormatSchema.options,
      ),
    )
    .requiredOption('--out <file>', 'the file; a report is written beside it as FILE.json')
    .addOption(
      new Option('--precision <name>', 'how weights are stored')
        .choices(precisionSchema.options)
        .default('float32'),
    )
    .option('--data <data>', `to measure the file on; ${dataForms}`)
    .option('--force', 'replace what is there')
    .option('--json', 'one JSON object')
    .action((options: ExportOptions) =>
      run((session) => {
        const { model, dataset } = options
        if (dataset !== undefined && model === undefined) return exportDataset(session, dataset, options)
        if (model === undefined || dataset !== undefined)
          throw new UsageError('--model or --dataset says what to write')
        return exportModel(session, model, options)
      }),
    )
}

async function exportDataset(
  session: Session,
  dataset: string,
  { filter, format: named, out, force, json }: ExportOptions,
): Promise<number> {
  const format = named ?? formatOf(out)
  if (format === null) throw new UsageError('--format says what to write; the name of the file does not')
  const data = `dataset:${dataset}${filter === undefined ? '' : `?${filter}`}`
  const conversion = await convertData(session, { data, to: out, force }, format, null)
  if (json) session.print(JSON.stringify(conversionJson(conversion)))
  else for (const line of describeConversion(conversion)) session.print(line)
  return DONE
}
