import { Option, type Command } from 'commander'
import type { ModelEntry } from '../../../shared/contract/registry'
import type { Comparison, MeasuredModel } from '../../../shared/recognition/comparison'
import { precisionSchema, type Precision } from '../../../shared/model/modelExport'
import { dataForms } from '../dataForms'
import { exportModel } from '../exportModel'
import { formatShare } from '../format'
import { importModel, type ModelImportOptions } from '../importModel'
import { resolveData, resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { shareModel } from '../shareModel'
import { UsageError } from '../usageError'

interface Json {
  json?: true
}
interface RemarkOptions extends Json {
  title?: string
  note?: string
}
interface ExportOptions extends Json {
  out: string
  precision?: Precision
  data?: string
  samples?: string
  force?: true
}

const isProfile = (file: string): boolean => file.endsWith('.longhand')

/** `longhand models`: the models that there are, and which of them reads. */
export function addModels(program: Command, run: RunCommand): void {
  const models = program.command('models').description('the models that there are, and which of them reads')
  const subcommand = (name: string, about: string): Command =>
    models.command(name).description(about).option('--json', 'one JSON object')
  const known = (reference: string, { environment }: Session): string =>
    resolveModel(reference, environment.userFolder)
  const showOne = ({ print }: Session, entry: ModelEntry, { json }: Json): void =>
    print(json ? JSON.stringify(entry) : describe(entry))

  subcommand('list', 'list them').action((options: Json) =>
    run(async ({ client, print }) => {
      const entries = await client.models.list()
      if (options.json) print(JSON.stringify(entries))
      else for (const entry of entries) print(describe(entry))
      return DONE
    }),
  )
  subcommand('show', "a model's card")
    .argument('<name>', "a model's name, or its folder")
    .action((name: string, options: Json) =>
      run(async (session) => {
        const card = await session.client.models.card({ model: known(name, session) })
        session.print(JSON.stringify(card, null, options.json ? undefined : 2))
        return DONE
      }),
    )
  subcommand('activate', 'read with a model from now on')
    .argument('<name>', "a model's name")
    .action((name: string, options: Json) =>
      run(async (session) => {
        showOne(session, await session.client.models.activate({ model: known(name, session) }), options)
        return DONE
      }),
    )
  subcommand('rollback', 'read with the model that was active before').action((options: Json) =>
    run(async (session) => {
      showOne(session, await session.client.models.rollBack(), options)
      return DONE
    }),
  )
  subcommand('remark', 'give a model a title or a note')
    .argument('<name>', "a model's name")
    .option('--title <text>', 'what to call it')
    .option('--note <text>', 'what to remember of it')
    .action((name: string, { json, ...remark }: RemarkOptions) =>
      run(async (session) => {
        const model = known(name, session)
        showOne(session, await session.client.models.remark({ model, ...remark }), { ...(json && { json }) })
        return DONE
      }),
    )
  subcommand('compare', 'two models on the same data')
    .argument('<before>', "a model's name, or its folder")
    .argument('<after>', 'another')
    .requiredOption('--data <data>', dataForms)
    .action((before: string, after: string, options: Json & { data: string }) =>
      run(async (session) => {
        const { client, environment, print } = session
        const comparison = await client.models.compare(
          {
            before: known(before, session),
            after: known(after, session),
            data: resolveData(options.data, environment.userFolder),
          },
          { signal: environment.interrupted },
        )
        if (options.json) print(JSON.stringify({ ...comparison, data: options.data }))
        else for (const line of describeComparison(comparison)) print(line)
        return DONE
      }),
    )
  subcommand('replay', "put data of a model's own kind into its folder, to be taught with")
    .argument('<name>', "a model's name, or its folder")
    .requiredOption('--data <data>', `what it was trained on; ${dataForms}`)
    .action((name: string, options: Json & { data: string }) =>
      run(async (session) => {
        const { client, environment, print } = session
        const made = await client.models.makeReplay(
          { model: known(name, session), data: resolveData(options.data, environment.userFolder) },
          { signal: environment.interrupted },
        )
        print(
          options.json
            ? JSON.stringify(made)
            : `${made.training} samples to learn from again and ${made.check} to measure on, ${made.bytes} bytes`,
        )
        return DONE
      }),
    )
  subcommand(
    'export',
    'write a model as an ONNX file for other programs, or as a .longhand file for another Longhand',
  )
    .argument('<name>', "a model's name, or its folder")
    .requiredOption('--out <file>', 'FILE.onnx, with a report beside it as FILE.onnx.json; or FILE.longhand')
    .addOption(
      new Option('--precision <name>', 'of an ONNX file: how weights are stored').choices(
        precisionSchema.options,
      ),
    )
    .option('--data <data>', `of an ONNX file: to measure it on; ${dataForms}`)
    .option('--samples <data>', `of a .longhand file: what goes with the model; ${dataForms}`)
    .option('--force', 'replace what is there')
    .action((name: string, { samples, precision, data, ...options }: ExportOptions) =>
      run((session) => {
        if (!isProfile(options.out)) {
          if (samples !== undefined) throw new UsageError('samples go with a FILE.longhand')
          const measured = data === undefined ? {} : { data }
          return exportModel(session, name, {
            ...options,
            ...measured,
            precision: precision ?? 'float32',
          })
        }
        if (precision !== undefined || data !== undefined) {
          throw new UsageError('a .longhand file has its weights whole, and is not measured')
        }
        return shareModel(session, name, { ...options, ...(samples !== undefined && { samples }) })
      }),
    )
  subcommand('import', 'make a model of an exported ONNX file, or of a .longhand file')
    .argument('<file>', 'what `longhand models export` wrote, as float32')
    .option('--out <folder>', 'folder of the new model; a new one among your own otherwise')
    .option('--name <name>', "the model's name; the one in the file otherwise")
    .action((file: string, options: ModelImportOptions) =>
      run((session) => importModel(session, file, options)),
    )
  subcommand('delete', 'take a model away')
    .argument('<name>', "a model's name; not the active one, and none that came with Longhand")
    .action((name: string, options: Json) =>
      run(async (session) => {
        await session.client.models.delete({ model: known(name, session) })
        session.print(options.json ? JSON.stringify({ deleted: name }) : `${name} is deleted.`)
        return DONE
      }),
    )
  subcommand('wipe', 'delete every model that was taught here').action((options: Json) =>
    run(async ({ client, print }) => {
      const { deleted } = await client.models.wipe()
      print(options.json ? JSON.stringify({ deleted }) : `Deleted: ${deleted.join(' ') || 'none'}`)
      return DONE
    }),
  )
}

function describe({
  name,
  title,
  active,
  shipped,
  parent,
  validation,
  taught,
  classes,
  note,
}: ModelEntry): string {
  return [
    `${active ? '*' : ' '} ${name}`,
    ...(title === name ? [] : [`"${title}"`]),
    `${classes} classes`,
    ...(shipped ? ['comes with Longhand'] : []),
    ...(parent === null ? [] : [`from ${parent}`]),
    ...(taught ? [`taught (${taught.rung}), ${taught.passed ? 'better' : 'not better'} than its base`] : []),
    ...(validation ? [`${formatShare(validation.accuracy)} of ${validation.count} held back`] : []),
    ...(note === '' ? [] : [note]),
  ].join('  ')
}

function describeComparison({ before, after, significance }: Comparison): string[] {
  const { fixed, broken, pValue } = significance
  const measured = (model: MeasuredModel): string =>
    `${model.model}: ${formatShare(model.accuracy)} of ${model.count}, macro F1 ${formatShare(model.macroF1)}, calibration ` +
    `error ${formatShare(model.reliability.ece)}, ${model.parameters} parameters, ${model.readingMs.toFixed(2)} ms a reading`
  return [
    measured(before),
    measured(after),
    `${fixed} fixed, ${broken} broken (p = ${pValue.toPrecision(2)})`,
  ]
}
