import { Option, type Command } from 'commander'
import { splitSchema } from '../../../shared/samples/sampleQuery'
import { dataForms } from '../dataForms'
import { importData, type ImportDataOptions } from '../importData'
import { importModel, type ModelImportOptions } from '../importModel'
import type { RunCommand } from '../session'
import { UsageError } from '../usageError'

type ImportOptions = Partial<ModelImportOptions & Omit<ImportDataOptions, 'json'>>

/** `longhand import`: labelled data into a data set, or an exported ONNX file back into a model. */
export function addImport(program: Command, run: RunCommand): void {
  program
    .command('import')
    .description('bring labelled data into a data set, or make a model of an exported file')
    .argument(
      '<what...>',
      `with --dataset ${dataForms}; with --out a file that \`longhand export\` wrote as float32, or a .longhand file`,
    )
    .option('--dataset <name>', 'the data set; it is made where there is none')
    .addOption(new Option('--split <name>', 'puts all in one split').choices(splitSchema.options))
    .option('--map <from=to...>', 'gives labels other names; nothing after the = leaves them out')
    .option('--keep-duplicates', 'also brings what is there already')
    .option('--skip-problems', 'leaves out what cannot be read, in place of refusing all')
    .option('--preview', 'tells what would come in, and changes nothing')
    .option('--out <folder>', 'folder of the new model; it must not hold anything yet')
    .option('--name <name>', "the model's name; the one in the file otherwise")
    .option('--json', 'one JSON object')
    .action((what: string[], options: ImportOptions) =>
      run((session) => {
        const { dataset, out } = options
        if (dataset !== undefined && out === undefined)
          return importData(session, what, { ...options, dataset })
        const [file] = what
        if (dataset !== undefined || out === undefined || file === undefined || what.length > 1) {
          throw new UsageError('data is imported with --dataset NAME, one exported model with --out FOLDER')
        }
        return importModel(session, file, { ...options, out })
      }),
    )
}
