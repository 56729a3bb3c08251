import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { auditSamples, type AuditFindings, type AuditedSamples } from '../../engine/audit/auditSamples'
import { readCard, readWeights } from '../../engine/model/modelFolder'
import { flipLabels } from './flipLabels'

/** How well an audit finds labels that were made wrong. */
export interface AuditMeasure {
  readonly samples: number
  readonly flipped: number
  /** How many of the first suggestions are looked at. */
  readonly first: number
  /** Flipped ones among the first suggestions. */
  readonly found: number
  /** Those of them that are suggested their true label. */
  readonly corrected: number
  readonly suspects: number
  readonly seconds: number
}

interface AuditTask {
  readonly data: string
  readonly modelFolder: string
  /** Of the labels, to be flipped; 0 leaves the data as it is. */
  readonly share: number
  readonly seed: number
  readonly first: number
}

/** Flips labels, audits, and looks whether the first suggestions are those labels. */
export async function measureAudit({ data, modelFolder, share, seed, first }: AuditTask): Promise<{
  measure: AuditMeasure
  findings: AuditFindings
  samples: AuditedSamples
}> {
  const { spec } = await readCard(modelFolder)
  const parameters = await readWeights(modelFolder)
  const dataset = await openDataset(data, spec.input)
  const labelIndex = Int32Array.from(dataset.labelIndex)
  const truths = flipLabels(labelIndex, dataset.labels.length, share, seed)
  const samples: AuditedSamples = {
    ...{ rasters: renderDataset(dataset, spec.input), labels: dataset.labels, labelIndex },
    ...{ groups: dataset.writers, isReviewed: () => false },
  }
  const started = performance.now()
  const findings = await auditSamples({ spec, parameters }, samples)
  const seconds = (performance.now() - started) / 1000
  const flipped = findings.suspects.slice(0, first).filter(({ sample }) => truths.has(sample))
  const corrected = flipped.filter(
    ({ sample, suggested }) => suggested === dataset.labels[truths.get(sample) ?? -1],
  )
  return {
    measure: {
      ...{ samples: dataset.count, flipped: truths.size, first, found: flipped.length, seconds },
      ...{ corrected: corrected.length, suspects: findings.suspectCount },
    },
    findings,
    samples,
  }
}
