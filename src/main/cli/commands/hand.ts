import { Option, type Command } from 'commander'
import type { EnrolledHand, HandComparison, HandMeasurement, WritersBy } from '../../../shared/hand/hand'
import { furthestOdds } from '../../../shared/hand/handOdds'
import { dataForms } from '../dataForms'
import { formatShare } from '../format'
import { parseWholeNumbers } from '../numbers'
import { resolveData, resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { UsageError } from '../usageError'

interface HandOptions {
  model: string
  json?: true
}
interface WritingOptions extends HandOptions {
  data: string
  writer?: string
}
interface MeasureOptions extends HandOptions {
  data: string
  against?: string
  by: WritersBy
  enrolled: number[]
  questioned: number[]
}

interface CalibrateOptions extends HandOptions {
  data: string
  whiten?: string
  by: WritersBy
}

/** `longhand hand`: whose hand it is. */
export function addHand(program: Command, run: RunCommand): void {
  const hand = program
    .command('hand')
    .description('whose hand it is: enrol people, and compare writing with theirs')
  const subcommand = (name: string, about: string): Command =>
    hand.command(name).description(about).option('--json', 'one JSON object')
  const withModel = (command: Command): Command =>
    command.option('--model <name>', 'a model that tells hands apart: its name, or its folder', 'hand')
  const withWriting = (command: Command): Command =>
    withModel(command)
      .requiredOption('--data <data>', `words or names, all by one hand; ${dataForms}`)
      .option('--writer <name>', 'takes what this writer of the data wrote, and nothing else')
  const withWriters = (command: Command): Command =>
    withModel(command)
      .requiredOption('--data <data>', `words or names by several writers; ${dataForms}`)
      .addOption(
        new Option('--by <what>', 'what names the writers').choices(['writer', 'label']).default('writer'),
      )

  withWriting(subcommand('enrol', "learn a person's hand, by a few lines").argument('<name>')).action(
    (name: string, options: WritingOptions) =>
      run(async (session) => {
        const { client, environment, print } = session
        const signal = { signal: environment.interrupted }
        const enrolled = await client.hand.enrol({ name, ...requestOf(options, session) }, signal)
        print(options.json ? JSON.stringify(enrolled) : describeHand(enrolled))
        return DONE
      }),
  )
  withWriting(subcommand('identify', 'which of the known hands wrote this')).action(
    (options: WritingOptions) =>
      run(async (session) => {
        const { client, environment } = session
        const signal = { signal: environment.interrupted }
        return show(session, await client.hand.identify(requestOf(options, session), signal), options)
      }),
  )
  withWriting(subcommand('verify', 'whether a known hand wrote this').argument('<name>')).action(
    (name: string, options: WritingOptions) =>
      run(async (session) => {
        const { client, environment } = session
        const signal = { signal: environment.interrupted }
        const compared = await client.hand.verify({ name, ...requestOf(options, session) }, signal)
        return show(session, compared, options)
      }),
  )
  subcommand('list', 'whose hands are known').action((options: { json?: true }) =>
    run(async ({ client, print }) => {
      const hands = await client.hand.list()
      if (options.json) print(JSON.stringify(hands))
      else for (const one of hands) print(describeHand(one))
      return DONE
    }),
  )
  subcommand('rename', 'give a known hand another name')
    .argument('<name>')
    .argument('<to>')
    .action((name: string, to: string, options: { json?: true }) =>
      run(async ({ client, print }) => {
        const renamed = await client.hand.rename({ name, to })
        print(options.json ? JSON.stringify(renamed) : describeHand(renamed))
        return DONE
      }),
    )
  subcommand('remove', "forget a person's hand, or everybody's")
    .argument('[name]')
    .option('--all', 'everybody')
    .action((name: string | undefined, options: { all?: true; json?: true }) =>
      run(async ({ client, print }) => {
        if ((name === undefined) !== (options.all === true)) throw new UsageError('name a person, or --all')
        const hands = name === undefined ? (await client.hand.wipe()).hands : 1
        if (name !== undefined) await client.hand.remove({ name })
        print(options.json ? JSON.stringify({ removed: hands }) : `Forgot ${name ?? `${hands} hands`}.`)
        return DONE
      }),
    )
  withWriters(subcommand('eval', 'measure how well a model tells writers apart'))
    .option('--against <data>', 'where the writing in question is from, if not from --data')
    .option('--enrolled <numbers>', 'samples that a hand is enrolled by: 1,10', parseWholeNumbers, [10])
    .option('--questioned <numbers>', 'samples in question, taken together', parseWholeNumbers, [1, 10])
    .action((options: MeasureOptions) =>
      run(async ({ client, environment, print }) => {
        const { userFolder, interrupted } = environment
        const { by, data, against, enrolled, questioned } = options
        const model = resolveModel(options.model, userFolder)
        const measured = await client.hand.measure(
          {
            ...{ model, by, enrolled, questioned, data: resolveData(data, userFolder) },
            ...(against !== undefined && { against: resolveData(against, userFolder) }),
          },
          { signal: interrupted },
        )
        // The data goes by the names that the user gave it.
        const told = { ...measured, data, against: against ?? null }
        if (options.json) print(JSON.stringify(told))
        else for (const line of describeMeasurement(told)) print(line)
        return DONE
      }),
    )
  withWriters(
    subcommand('calibrate', 'fit what scores are worth, on writers that the model was not trained on'),
  )
    .option('--whiten <data>', 'what it was trained on: evens out, first, how samples of one hand stray')
    .action(({ model, data, whiten, by, json }: CalibrateOptions) =>
      run(async ({ client, environment: { userFolder, interrupted }, print }) => {
        const odds = await client.hand.calibrate(
          {
            ...{ model: resolveModel(model, userFolder), data: resolveData(data, userFolder), by },
            ...(whiten !== undefined && { whiten: resolveData(whiten, userFolder) }),
          },
          { signal: interrupted },
        )
        print(json ? JSON.stringify(odds) : `Fitted on ${odds.writers} writers, and written into the card.`)
        return DONE
      }),
    )
}

function requestOf({ model, data, writer }: WritingOptions, { environment: { userFolder } }: Session) {
  return {
    model: resolveModel(model, userFolder),
    writing: { data: resolveData(data, userFolder), ...(writer !== undefined && { writer }) },
  }
}

function show({ print, tell }: Session, comparison: HandComparison, { json }: HandOptions): number {
  if (json) {
    print(JSON.stringify(comparison))
    return DONE
  }
  if (comparison.matches.length === 0) print('Nobody is enrolled.')
  for (const { name, score, likelihoodRatio, enrolled } of comparison.matches) {
    print(`${name}\t${describeRatio(likelihoodRatio)}\tlikeness ${score.toFixed(2)}, by ${enrolled} samples`)
  }
  tell(
    `The odds say how much better one hand explains ${comparison.questioned} samples than two hands would, among writers like the ` +
      `${comparison.calibratedOn} that they were fitted to. They prove nothing: an imitation, another pen or another script changes them, ` +
      'and who wrote it may be somebody who is not enrolled.',
  )
  return DONE
}

function describeRatio(ratio: number): string {
  const times = ratio >= 1 ? ratio : 1 / ratio
  const limit = times >= furthestOdds * 0.999 ? 'at least ' : ''
  const shown = times < 10 ? times.toFixed(1) : Math.round(times)
  return `${limit}${shown} times likelier ${ratio >= 1 ? 'the same hand' : 'another hand'}`
}

function describeHand({ name, samples, created, model, current }: EnrolledHand): string {
  const outdated = current ? '' : '\t(enrol again: the model has changed)'
  return `${name}\tby ${samples} samples, ${created.slice(0, 10)}, model ${model}${outdated}`
}

function describeMeasurement({ model, data, against, writers, errors }: HandMeasurement): string[] {
  return [
    `${model} on ${data}${against === null ? '' : ` against ${against}`}: ${writers} writers`,
    ...errors.map(
      ({ enrolled, questioned, equalErrorRate, identified, oddsCost, same, different }) =>
        `  ${enrolled} enrolled, ${questioned} in question: equal error rate ${formatShare(equalErrorRate)}, ` +
        `writer found ${formatShare(identified)}${oddsCost === null ? '' : `, odds cost ${oddsCost.toFixed(2)} bits`} ` +
        `(${same} of one hand, ${different} of two)`,
    ),
  ]
}
