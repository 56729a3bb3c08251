import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/appError'
import type { Evaluation } from '../../../shared/recognition/evaluation'
import { providerSchema, type Provider } from '../../../shared/training/recipe'
import { dataForms } from '../dataForms'
import { formatShare } from '../format'
import type { Environment } from '../environment'
import { createProgress } from '../progress'
import { readJsonFile } from '../readJsonFile'
import { parseLabels, resolveData, resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { readWordList } from '../readWordList'
import { UsageError } from '../usageError'

interface EvalOptions {
  model: string
  data: string
  labels?: string
  only?: string
  provider: Provider
  lexicon?: string
  json?: true
}

/** `longhand eval`: how good a model is on labelled data. */
export function addEval(program: Command, run: RunCommand): void {
  program
    .command('eval')
    .description('measure a model on labelled data')
    .requiredOption('--model <name>', "a model's name, or its folder")
    .requiredOption('--data <data>', dataForms)
    .option('--labels <file>', 'what the labels of the data mean: JSON, {"0": "あ", "1": "い"}')
    .option('--only <labels>', 'keep just these labels: "0123456789", or "zero,one,..."')
    .addOption(
      new Option('--provider <name>', 'what computes').choices(providerSchema.options).default('cpu'),
    )
    .option(
      '--lexicon <file>',
      'for a model of words: a list of the words that may be there, one a line; or set, for all labels of the data',
    )
    .option('--json', 'one JSON object')
    .action((options: EvalOptions) =>
      run(async (session) => {
        const only = options.only === undefined ? null : parseLabels(options.only)
        if (only?.length === 0) throw new UsageError('--only names no label')
        const evaluation = await evaluate(session, options, only)
        // The data goes by the name that the user gave it, not by the absolute path that it was made into.
        const result = { ...evaluation, data: options.data }
        if (options.json) session.print(JSON.stringify(toJson(result)))
        else for (const line of describeEvaluation(result)) session.print(line)
        return DONE
      }),
    )
}

async function evaluate(
  { client, environment }: Session,
  options: EvalOptions,
  only: string[] | null,
): Promise<Evaluation> {
  const { userFolder, interrupted } = environment
  const progress = createProgress(environment, '{bar} {percentage}% {value} of {total}')
  try {
    const events = await client.evaluation.run(
      {
        model: resolveModel(options.model, userFolder),
        data: resolveData(options.data, userFolder),
        labels: options.labels === undefined ? null : await readLabels(options.labels, userFolder),
        only,
        provider: options.provider,
        lexicon: await readLexicon(options.lexicon, environment),
      },
      { signal: interrupted },
    )
    for await (const event of events) {
      if (event.event === 'done') return event.evaluation
      progress.update(event.done, event.total)
    }
    throw new AppError('cancelled', {})
  } finally {
    progress.stop()
  }
}

async function readLexicon(
  lexicon: string | undefined,
  environment: Environment,
): Promise<string[] | 'set' | null> {
  if (lexicon === undefined) return null
  return lexicon === 'set' ? 'set' : readWordList(lexicon, environment)
}

async function readLabels(file: string, userFolder: string): Promise<Record<string, string>> {
  const labels = z
    .record(z.string(), z.string().min(1).max(64))
    .safeParse(await readJsonFile(resolve(userFolder, file), file))
  if (labels.success) return labels.data
  throw new UsageError('--labels: the file says no label for each of the data, {"0": "あ"}')
}

/** The fields of the documented shape, in its order. */
function toJson(evaluation: Evaluation) {
  const { model, data, count, accuracy, macroPrecision, macroRecall, macroF1 } = evaluation
  const { perClass, confusion, imagesPerSecond } = evaluation
  const { mergedCaseAccuracy, amongPresentAccuracy, topTenAccuracy } = evaluation
  const { characterErrorRate, lexicon } = evaluation
  return {
    model,
    data,
    count,
    accuracy,
    macroPrecision,
    macroRecall,
    macroF1,
    perClass: perClass.map(({ label, precision, recall, f1, support }) => ({
      label,
      precision,
      recall,
      f1,
      support,
    })),
    confusion,
    imagesPerSecond,
    mergedCaseAccuracy,
    amongPresentAccuracy,
    topTenAccuracy,
    characterErrorRate,
    lexicon,
  }
}

function describeEvaluation(evaluation: Evaluation): string[] {
  const { model, data, count, accuracy, rejected, imagesPerSecond, perClass } = evaluation
  const { mergedCaseAccuracy, amongPresentAccuracy, topTenAccuracy } = evaluation
  const { characterErrorRate, lexicon } = evaluation
  const wrong = Math.round(count * (1 - accuracy))
  return [
    `${model} on ${data}: ${formatShare(accuracy)} right, ${wrong} of ${count} wrong`,
    ...(mergedCaseAccuracy === undefined
      ? []
      : [`${formatShare(mergedCaseAccuracy)} right where capitals and small letters are one`]),
    ...(amongPresentAccuracy === undefined
      ? []
      : [`${formatShare(amongPresentAccuracy)} right where only labels of the data are answered`]),
    ...(topTenAccuracy === undefined ? [] : [`${formatShare(topTenAccuracy)} among the ten best answers`]),
    ...(characterErrorRate === undefined
      ? []
      : [`${formatShare(characterErrorRate)} of the characters would have to be changed`]),
    ...(lexicon === undefined
      ? []
      : [
          `with a list of ${lexicon.words} words: ${formatShare(lexicon.accuracy)} right, ` +
            `${formatShare(lexicon.mergedCaseAccuracy)} where case does not matter, ` +
            `${formatShare(lexicon.characterErrorRate)} of the characters wrong`,
        ]),
    `macro precision ${formatShare(evaluation.macroPrecision)}, recall ${formatShare(evaluation.macroRecall)}, ` +
      `F1 ${formatShare(evaluation.macroF1)}`,
    `${rejected} would be turned down as 'not a character'; ${Math.round(imagesPerSecond)} images/s`,
    // A model may know thousands of characters that the data is not of.
    ...perClass
      .filter(({ support }) => support > 0)
      .map(
        ({ label, precision, recall, support }) =>
          `  ${label}  precision ${formatShare(precision)}  recall ${formatShare(recall)}  of ${support}`,
      ),
  ]
}
