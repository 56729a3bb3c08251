import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { AppError } from '../../../shared/errors/appError'
import { providerSchema, type Provider } from '../../../shared/training/recipe'
import { readSpec } from '../readSpec'
import { addRecipeOptions, readRecipe, type RecipeOptions } from '../recipeOptions'
import { parseLabels, resolveData, resolveModel } from '../references'
import { DONE, FAILED } from '../reportError'
import type { RunCommand } from '../session'
import { trainingReport } from '../trainingReport'
import { UsageError } from '../usageError'

interface TrainOptions extends RecipeOptions {
  spec: string
  data: string
  out: string
  provider: Provider
  classes?: string
  name?: string
  from?: string
  json?: true
}

/** `longhand train`: a model from random weights, or from another's. Ctrl-C stops it cleanly; the best epoch so far stays. */
export function addTrain(program: Command, run: RunCommand): void {
  const command = program
    .command('train')
    .description('train a model from labelled data')
    .requiredOption('--spec <name>', "a network's name, or a JSON file that describes one")
    .requiredOption('--data <data>', 'mnist, ink:FILE, images:PATH or idx:IMAGES,LABELS')
    .requiredOption('--out <folder>', 'folder of the new model; it must not hold anything yet')
    .option('--name <name>', "the model's name; its folder's otherwise")
    .option('--from <model>', 'a model of the same network, to go on from its weights')
    .option('--classes <labels>', 'what it can answer: "0123456789", or "zero,one,..."')
    .addOption(
      new Option('--provider <name>', 'what computes').choices(providerSchema.options).default('cpu'),
    )
    .option('--json', 'one JSON object a line')
  addRecipeOptions(command).action((options: TrainOptions) =>
    run(async (session) => {
      const { client, environment } = session
      const { userFolder, interrupted } = environment
      const classes = options.classes === undefined ? undefined : parseLabels(options.classes)
      if (classes !== undefined && classes.length < 2) throw new UsageError('--classes: name two or more')
      const { job } = await client.training.start({
        spec: await readSpec(options.spec, userFolder),
        ...(classes === undefined ? {} : { classes }),
        data: resolveData(options.data, userFolder),
        ...(options.from === undefined ? {} : { from: resolveModel(options.from, userFolder) }),
        outFolder: resolve(userFolder, options.out),
        ...(options.name === undefined ? {} : { name: options.name }),
        recipe: await readRecipe(options, userFolder),
        provider: options.provider,
        command: session.command,
      })
      const report = trainingReport(session, options.json ?? false)
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
      } finally {
        interrupted.removeEventListener('abort', cancel)
        report.stop()
      }
    }),
  )
}
