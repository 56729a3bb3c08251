import { Option, type Command } from 'commander'
import { conversionFormatSchema, type ConversionFormat } from '../../../shared/contract/conversion'
import { conversionJson, convertData, describeConversion, formatOf } from '../convertData'
import { dataForms } from '../dataForms'
import { parseLabels } from '../references'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'
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
        const conversion = await convertData(session, options, format, only)
        if (options.json) session.print(JSON.stringify(conversionJson(conversion)))
        else for (const line of describeConversion(conversion)) session.print(line)
        return DONE
      }),
    )
}
