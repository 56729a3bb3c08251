import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../../../shared/errors/appError'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Audit, AuditStep } from '../../../shared/samples/audit'
import { parseDataReference, type StoredReference } from '../../data/dataReference'
import { sortLabels } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { renderStored } from '../../data/stored/renderStored'
import { inStore } from '../../data/stored/storedSource'
import { auditSamples as audit, type AuditedSamples } from '../../engine/audit/auditSamples'
import { readCharacterCard, readWeights } from '../../engine/model/modelFolder'
import { keepAudit } from '../../store/audits'
import { findDataset } from '../../store/datasets'
import { findStored, readStored } from '../../store/readStored'
import type { EngineHandlers } from '../protocol/serve'

/** What is audited, and what its samples are called. */
interface Audited extends AuditedSamples {
  /** [samples]; null where they go by their places. */
  readonly ids: Uint32Array | null
  /** The data set that all of them are all of; null where they are not. */
  readonly dataset: number | null
}

type Report = (step: AuditStep) => void

/** Looks for wrong labels and near-duplicates in stored samples or any other labelled data. What is found of a whole data set is kept. */
export const auditSamples: EngineHandlers['auditSamples'] = async (
  { data, modelFolder },
  { signal, emit },
) => {
  const started = performance.now()
  const { name, spec } = await readCharacterCard(modelFolder)
  const parameters = await readWeights(modelFolder)
  const reference = parseDataReference(data)
  const samples =
    reference.kind === 'dataset'
      ? await collectStored(data, reference, spec.input, emit, signal)
      : await collectOther(data, spec.input, signal)
  const { embeddings: _vectors, ...findings } = await audit({ spec, parameters }, samples, {
    signal,
    onStep: emit,
  })
  const found: Audit = {
    ...{ model: name, data },
    ...withIds(findings, samples.ids),
    seconds: (performance.now() - started) / 1000,
  }
  const { dataset } = samples
  if (dataset !== null) await inStore(({ store }) => keepAudit(store, dataset, found))
  return found
}

async function collectStored(
  data: string,
  { name, filter }: StoredReference,
  input: ModelInput,
  report: Report,
  signal: AbortSignal,
): Promise<Audited> {
  return inStore(async (context) => {
    const dataset = findDataset(context.store, name)
    if (!dataset) throw new AppError('dataset-unknown', { name })
    const { ids, fitted } = findStored(context, { ...filter, dataset: dataset.id })
    if (ids.length === 0) throw new AppError('data-empty', { data })
    const size = input.width * input.height
    const rasters = new Uint8Array(ids.length * size)
    const found: { label: string; writer: string | null; session: string | null; reviewed: boolean }[] = []
    for (const samples of readStored(context, ids)) {
      await nextTurn()
      signal.throwIfAborted()
      for (const sample of samples) {
        rasters.set(renderStored(sample, input, fitted), found.length * size)
        const { label, writer, session, reviewed } = sample
        found.push({ label, writer, session, reviewed })
      }
      report({ step: 'reading', done: found.length, total: ids.length })
    }
    return {
      dataset: Object.keys(filter).length === 0 ? dataset.id : null,
      ...{ ids, rasters, ...numbered(found.map(({ label }) => label)) },
      groups: groupsOf(
        found.map(({ writer }) => writer),
        found.map(({ session }) => session),
      ),
      isReviewed: (sample) => found[sample]?.reviewed ?? false,
    }
  })
}

async function collectOther(data: string, input: ModelInput, signal: AbortSignal): Promise<Audited> {
  const dataset = await openDataset(data, input, signal)
  return {
    ...{ ids: null, dataset: null, rasters: renderDataset(dataset, input) },
    groups: groupsOf(dataset.writers, dataset.sittings),
    ...{ labels: dataset.labels, labelIndex: dataset.labelIndex, isReviewed: () => false },
  }
}

type Groups = AuditedSamples['groups']

/** One person's samples are told apart by when they were written. */
function groupsOf(writers: Groups, sittings: Groups): Groups {
  return new Set(writers).size > 1 ? writers : sittings
}

function numbered(sampleLabels: readonly string[]): Pick<AuditedSamples, 'labels' | 'labelIndex'> {
  const labels = sortLabels(sampleLabels)
  const numberOf = new Map(labels.map((label, number) => [label, number]))
  return { labels, labelIndex: Int32Array.from(sampleLabels, (label) => numberOf.get(label) ?? 0) }
}

type Named = Pick<Audit, 'suspects' | 'duplicates'>

/** Places among what was audited become ids of the store, where there are any. */
function withIds<Findings extends Named>(findings: Findings, ids: Uint32Array | null): Findings {
  if (!ids) return findings
  const idOf = (place: number): number => ids[place] ?? 0
  return {
    ...findings,
    suspects: findings.suspects.map((suspect) => ({
      ...{ ...suspect, sample: idOf(suspect.sample) },
      neighbours: suspect.neighbours.map(({ sample, likeness }) => ({ sample: idOf(sample), likeness })),
    })),
    duplicates: findings.duplicates.map((pair) => ({
      ...{ ...pair, first: idOf(pair.first), second: idOf(pair.second) },
    })),
  }
}
