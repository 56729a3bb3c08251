import type { Command } from 'commander'
import { AppError } from '../../../shared/errors/appError'
import type { Audit } from '../../../shared/samples/audit'
import { dataForms } from '../dataForms'
import { formatShare } from '../format'
import { parseWholeNumber } from '../numbers'
import { createProgress } from '../progress'
import { resolveData, resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'

interface AuditOptions {
  dataset: string
  model: string
  count: number
  json?: true
}

/** `longhand audit`: labels that are likely wrong, and samples that look the same. */
export function addAudit(program: Command, run: RunCommand): void {
  program
    .command('audit')
    .description('find labels that are likely wrong, and near-duplicates')
    .requiredOption('--dataset <name>', `a data set's name, or other data: ${dataForms}`)
    .requiredOption('--model <name>', 'whose features are looked at: its name, or its folder')
    .option('--count <number>', 'tells of so many of each, at most', parseWholeNumber, 30)
    .option('--json', 'one JSON object')
    .action((options: AuditOptions) =>
      run(async (session) => {
        const audit = await follow(session, options)
        const { count } = options
        const told = {
          ...{ ...audit, suspects: audit.suspects.slice(0, count) },
          duplicates: audit.duplicates.slice(0, count),
        }
        if (options.json) session.print(JSON.stringify(told))
        else for (const line of describe(told)) session.print(line)
        return DONE
      }),
    )
}

async function follow({ client, environment }: Session, { dataset, model }: AuditOptions): Promise<Audit> {
  const { userFolder, interrupted } = environment
  const progress = createProgress(environment, '{step} {bar} {percentage}%', { step: '' })
  // A colon is no part of a data set's name.
  const data = dataset.includes(':') ? resolveData(dataset, userFolder) : `dataset:${dataset}`
  try {
    const events = await client.samples.audit(
      { data, model: resolveModel(model, userFolder) },
      { signal: interrupted },
    )
    for await (const event of events) {
      if (event.event === 'done') return { ...event.audit, data: dataset }
      progress.update(event.done, event.total, { step: event.step })
    }
    throw new AppError('cancelled', {})
  } finally {
    progress.stop()
  }
}

function describe(audit: Audit): string[] {
  const { samples, suspectCount, confidentCount, suspects, duplicateCount, duplicates, folds } = audit
  return [
    `${audit.model} on ${audit.data}: ${formatShare(audit.agreement)} of ${audit.judged} labels read, in ${folds.count} folds`,
    ...(audit.judged < samples
      ? [`${samples - audit.judged} could not be judged: too few have their label`]
      : []),
    `${suspectCount} labels may be wrong, ${confidentCount} of them likely${suspectCount > suspects.length ? '; the first:' : ''}`,
    ...suspects.map(
      ({ sample, label, suggested, suggestedProbability, neighbours }) =>
        `  ${sample}\t${label} -> ${suggested}\t${formatShare(suggestedProbability)}\tlike ${neighbours.map((each) => each.sample).join(', ')}`,
    ),
    `${duplicateCount} pairs look the same${duplicateCount > duplicates.length ? '; the first:' : ''}`,
    ...duplicates.map(
      ({ first, second, labels, likeness }) =>
        `  ${first} ${second}\t${labels[0] === labels[1] ? labels[0] : labels.join(' and ')}\t${formatShare(likeness)}`,
    ),
  ]
}
