import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { AppError } from '../../../shared/errors/appError'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { ProviderRequest } from '../../../shared/training/providerChoice'
import { trainingEngineSchema, type EngineRequest } from '../../../shared/training/trainingEngine'
import { providerSchema } from '../../../shared/training/recipe'
import { toAppError } from '../../../shared/contract/clientError'
import { dataForms } from '../dataForms'
import { parseNumber } from '../numbers'
import { readSpec } from '../readSpec'
import { addRecipeOptions, readRecipe, type RecipeOptions } from '../recipeOptions'
import { parseLabels, resolveData, resolveModel } from '../references'
import { DONE, FAILED } from '../reportError'
import { InterruptedTrainingError, resumeCommand } from '../resumeCommand'
import type { RunCommand, Session } from '../session'
import { trainingReport } from '../trainingReport'
import { UsageError } from '../usageError'

interface TrainOptions extends RecipeOptions {
  spec?: string
  data?: string
  out?: string
  resume?: string
  lr?: number
  epochs?: number
  engine: EngineRequest
  provider: ProviderRequest
  classes?: string
  name?: string
  from?: string
  checkpointEvery: number
  json?: true
}

/** What may be said beside --resume: all else stays as the training began with it. */
const WITH_RESUME = ['resume', 'lr', 'epochs', 'engine', 'json']

/**
 * `longhand train`: a model from random weights, or from another's, or from a training that was interrupted. Ctrl-C stops it
 * cleanly; the best epoch so far stays, and a checkpoint to go on from.
 */
export function addTrain(program: Command, run: RunCommand): void {
  const command = program
    .command('train')
    .description('train a model from labelled data, or go on with a training that was interrupted')
    .option(
      '--spec <name>',
      "a network's name, with the side of its raster if it is not 28 pixels (resnet@48), or a JSON file that describes one",
    )
    .option('--data <data>', dataForms)
    .option(
      '--out <folder>',
      "folder of the new model, which must not hold anything yet; a new one in the data folder's models/ otherwise",
    )
    .option(
      '--resume <folder>',
      'goes on with the training in a folder; --lr, --epochs and --engine may change',
    )
    .option('--name <name>', "the model's name; its folder's otherwise")
    .option('--from <model>', 'a model to go on from: its network, its weights, other --classes if wanted')
    .option('--classes <labels>', 'what it can answer: "0123456789", or "zero,one,..."')
    .addOption(
      new Option('--engine <name>', 'ONNX Runtime, or TensorFlow (see `longhand setup tensorflow`)')
        .choices(['auto', ...trainingEngineSchema.options])
        .default('auto'),
    )
    .addOption(
      new Option('--provider <name>', 'what computes; auto measures and takes the fastest')
        .choices(['auto', ...providerSchema.options])
        .default('auto'),
    )
    .addOption(
      new Option('--checkpoint-every <seconds>', 'how much work a crash may cost')
        .argParser(parseNumber)
        .default(30),
    )
    .option('--json', 'one JSON object a line')
  addRecipeOptions(command).action((options: TrainOptions) =>
    run(async (session) => {
      const begun =
        options.resume === undefined
          ? await beginTraining(options, session)
          : await resumeTraining(options.resume, options, command, session)
      return follow(begun, session, options.json ?? false)
    }),
  )
}

interface BegunTraining {
  readonly job: string
  /** Of the model. */
  readonly folder: string
}

async function beginTraining(options: TrainOptions, session: Session): Promise<BegunTraining> {
  const { client, environment, command } = session
  const { userFolder } = environment
  const { spec, data, out, name, from, engine, provider } = options
  if (data === undefined || (spec === undefined && from === undefined)) {
    throw new UsageError('--spec (or --from) and --data say what to train; --resume goes on with a training')
  }
  const classes = options.classes === undefined ? undefined : parseLabels(options.classes)
  if (classes !== undefined && classes.length < 2) throw new UsageError('--classes: name two or more')
  const { job, outFolder } = await client.training.start({
    spec: spec === undefined ? await specOf(from, session) : await readSpec(spec, userFolder),
    ...(classes === undefined ? {} : { classes }),
    data: resolveData(data, userFolder),
    ...(from === undefined ? {} : { from: resolveModel(from, userFolder) }),
    ...(out === undefined ? {} : { outFolder: resolve(userFolder, out) }),
    ...(name === undefined ? {} : { name }),
    recipe: await readRecipe(options, userFolder),
    engine,
    provider,
    checkpointSeconds: options.checkpointEvery,
    command,
  })
  return { job, folder: outFolder }
}

async function specOf(model: string | undefined, { client, environment }: Session): Promise<ModelSpec> {
  const card = await client.models.card({ model: resolveModel(model ?? '', environment.userFolder) })
  return card.spec
}

async function resumeTraining(
  reference: string,
  { lr: learningRate, epochs, engine }: TrainOptions,
  command: Command,
  { client, environment }: Session,
): Promise<BegunTraining> {
  const other = command.options.find((option) => {
    const name = option.attributeName()
    return command.getOptionValueSource(name) === 'cli' && !WITH_RESUME.includes(name)
  })
  if (other) throw new UsageError(`${other.long ?? ''}: a resumed training keeps what it began with`)
  const folder = resolve(environment.userFolder, reference)
  const { job } = await client.training.resumeFrom({
    folder,
    learningRate,
    epochs,
    ...(engine === 'auto' ? {} : { engine }),
  })
  return { job, folder }
}

/** Tells how a training goes until it is over, and hands a Ctrl-C on to it. */
async function follow({ job, folder }: BegunTraining, session: Session, json: boolean): Promise<number> {
  const { client, environment } = session
  const { interrupted } = environment
  const report = trainingReport(session, json, resumeCommand(environment, folder))
  const cancel = (): void => {
    report.say('Stopping...')
    void client.training.cancel({ job }).catch(() => undefined)
  }
  if (interrupted.aborted) cancel()
  interrupted.addEventListener('abort', cancel)
  try {
    for await (const event of await client.training.watch({ job })) {
      report.take(event)
      if (event.event === 'done') return event.reason === 'cancelled' ? FAILED : DONE
    }
    throw new AppError('cancelled', {})
  } catch (thrown) {
    if (!report.isResumable) throw thrown
    const error = toAppError(thrown)
    throw new InterruptedTrainingError(error, resumeCommand(environment, folder, error))
  } finally {
    interrupted.removeEventListener('abort', cancel)
    report.stop()
  }
}
