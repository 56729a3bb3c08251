import { Option, type Command } from 'commander'
import { toAppError } from '../../../shared/contract/clientError'
import { AppError, isAppError } from '../../../shared/errors/appError'
import { teachingModeSchema, type TeachingMode } from '../../../shared/teaching/teaching'
import { dataForms } from '../dataForms'
import { parseNumber, parseWholeNumber } from '../numbers'
import { resolveData, resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { teachingReport } from '../teachingReport'
import { UsageError } from '../usageError'

interface FinetuneOptions {
  base?: string
  dataset?: string
  out: string
  mode: TeachingMode
  shots?: number
  seed: number
  baseData?: string
  baseLimit: number
  epochs?: number
  lr?: number
  anchor?: number
  copies?: number
  activate?: true
  resume?: true
  json?: true
}

/** `longhand finetune`: a model fitted to one hand, measured beside its base, with the gate's verdict. */
export function addFinetune(program: Command, run: RunCommand): void {
  program
    .command('finetune')
    .description("fit a model to one person's hand, and tell whether it is better")
    .option('--base <name>', 'the model to begin with')
    .option('--dataset <data>', `the samples: a data set's name, or ${dataForms}`)
    .requiredOption('--out <name>', "the new model's name")
    .addOption(
      new Option('--mode <name>', 'how much of the model is changed')
        .choices(teachingModeSchema.options)
        .default('auto'),
    )
    .option(
      '--shots <number>',
      'learn from so many samples a class, and measure on all others',
      parseWholeNumber,
    )
    .option('--seed <number>', 'what all that is random is drawn from', parseWholeNumber, 1)
    .option('--base-data <data>', "data to measure the base's abilities on; what travels with it otherwise")
    .option('--base-limit <share>', 'largest loss of accuracy on it', parseNumber, 0.005)
    .option('--epochs <number>', 'times through the samples', parseWholeNumber)
    .option('--lr <rate>', 'highest learning rate', parseNumber)
    .option('--anchor <strength>', 'how strongly weights are held to where they began', parseNumber)
    .option('--copies <number>', 'changed copies of each sample', parseWholeNumber)
    .option('--activate', 'read with the new model from now on, if it passes')
    .option('--resume', 'go on with one of that name that was interrupted')
    .option('--json', 'one JSON object')
    .action((options: FinetuneOptions) =>
      run(async (session) => {
        const { client } = session
        const begin = options.resume
          ? () => client.teaching.resumeFrom({ name: options.out, activate: options.activate ?? false })
          : () => client.teaching.start(requestOf(options, session))
        await follow(await begin(), options, session)
        return DONE
      }),
    )
}

function requestOf(options: FinetuneOptions, { environment, command }: Session) {
  const { base, dataset, mode, shots = null, seed, baseData, baseLimit, out, activate } = options
  const { userFolder } = environment
  if (base === undefined || dataset === undefined) {
    throw new UsageError('--base and --dataset say what to teach and with what; --resume goes on')
  }
  const { epochs, lr, anchor, copies } = options
  return {
    base: resolveModel(base, userFolder),
    // Every other form of data has a colon.
    data: dataset.includes(':') ? resolveData(dataset, userFolder) : `dataset:${dataset}`,
    ...{ mode, shots, seed, name: out, command, largestBaseLoss: baseLimit },
    baseData: baseData === undefined ? null : resolveData(baseData, userFolder),
    activate: activate ?? false,
    tuning: {
      ...(epochs !== undefined && { epochs }),
      ...(lr !== undefined && { learningRate: lr }),
      ...(anchor !== undefined && { anchor }),
      ...(copies !== undefined && { copies }),
    },
  }
}

/** Tells how it goes until it is over, and hands a Ctrl-C on to it. */
async function follow(
  { job }: { job: string },
  { out, json }: FinetuneOptions,
  session: Session,
): Promise<void> {
  const { client, environment, tell } = session
  const { interrupted } = environment
  const report = teachingReport(session, json ?? false)
  const cancel = (): void => void client.teaching.cancel({ job }).catch(() => undefined)
  if (interrupted.aborted) cancel()
  interrupted.addEventListener('abort', cancel)
  try {
    for await (const event of await client.teaching.watch({ job })) report.take(event)
  } catch (thrown) {
    report.stop()
    const error = toAppError(thrown)
    if (isAppError(error, 'cancelled') && (await client.teaching.unfinished()).includes(out)) {
      tell(`Go on with: longhand finetune --out ${out} --resume`)
    }
    throw error instanceof AppError ? error : thrown
  } finally {
    interrupted.removeEventListener('abort', cancel)
    report.stop()
  }
}
