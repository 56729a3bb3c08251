import { join } from 'node:path'
import { expect, it } from 'vitest'
import { flipLabels } from '../../../src/main/bench/audit/flipLabels'
import { assignFolds } from '../../../src/main/engine/audit/assignFolds'
import { auditSamples, type AuditedSamples } from '../../../src/main/engine/audit/auditSamples'
import { readCard, readWeights } from '../../../src/main/engine/model/modelFolder'
import { mnistTestSamples } from '../../fixtures/mnistSamples'

const digits = join(import.meta.dirname, '../../../resources/models/digits')
const model = async () => ({ spec: (await readCard(digits)).spec, parameters: await readWeights(digits) })

async function mnist(count: number): Promise<AuditedSamples> {
  const samples = await mnistTestSamples(count)
  return {
    rasters: Uint8Array.from(samples.flatMap(({ pixels }) => Array.from(pixels))),
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    labelIndex: Int32Array.from(samples, ({ label }) => Number(label)),
    ...{ groups: null, isReviewed: () => false },
  }
}

it('labels that were flipped at random are the first suspects, with their true labels and samples that speak for them', async () => {
  const samples = await mnist(1500)
  const { labelIndex } = samples
  const truths = flipLabels(labelIndex, 10, 0.02, 1)
  const { suspects, judged, agreement } = await auditSamples(await model(), samples)
  const first = suspects.slice(0, Math.round(1.25 * truths.size))
  const found = first.filter(({ sample }) => truths.has(sample))
  expect(found.length).toBeGreaterThanOrEqual(0.85 * truths.size)
  const right = found.filter(({ sample, suggested }) => Number(suggested) === truths.get(sample))
  expect(right.length).toBeGreaterThanOrEqual(0.9 * found.length)
  for (const { sample, suggested, neighbours } of found) {
    expect(neighbours).toHaveLength(5)
    for (const neighbour of neighbours) {
      expect(labelIndex[neighbour.sample]).toBe(Number(suggested))
      expect(neighbour.sample).not.toBe(sample)
    }
  }
  expect(judged).toBe(1500)
  expect(agreement).toBeGreaterThan(0.96)

  // What somebody kept is left alone.
  const kept = new Set(suspects.slice(0, 10).map(({ sample }) => sample))
  const again = await auditSamples(await model(), { ...samples, isReviewed: (sample) => kept.has(sample) })
  expect(again.suspects).toEqual(suspects.filter(({ sample }) => !kept.has(sample)))
})

it('a copy that lies a pixel aside, with some noise, is found as a near-duplicate', async () => {
  const samples = await mnist(400)
  const { rasters, labelIndex } = samples
  const copies = [10, 42, 123]
  const copied = copies.map((sample, turn) => {
    const picture = rasters.subarray(sample * 784, (sample + 1) * 784)
    return picture.map((_, i) => Math.max(0, (picture[i - 1] ?? 0) - ((i * 7 + turn) % 5)))
  })
  const withCopies: AuditedSamples = {
    ...samples,
    rasters: Uint8Array.from([...rasters, ...copied.flatMap((pixels) => Array.from(pixels))]),
    labelIndex: Int32Array.from([...labelIndex, ...copies.map((sample) => labelIndex[sample] ?? 0)]),
  }
  const { duplicates } = await auditSamples(await model(), withCopies)
  const pairs = duplicates.slice(0, 3).map(({ first, second }) => `${first} ${second}`)
  expect(pairs.sort()).toEqual(['10 400', '123 402', '42 401'])
})

it('a label with too few samples is neither judged nor suggested', async () => {
  const { rasters, labelIndex, ...samples } = await mnist(300)
  const labels = [...samples.labels, 'rare']
  const changed = labelIndex.map((label, at) => (at === 5 || at === 6 ? 10 : label))
  const found = await auditSamples(await model(), { ...samples, rasters, labels, labelIndex: changed })
  expect(found.judged).toBe(298)
  expect(found.suspects.flatMap(({ label, suggested }) => [label, suggested])).not.toContain('rare')
})

it('what one writer wrote is judged by what others wrote, and labels are spread over the folds otherwise', () => {
  const classes = Int32Array.from({ length: 200 }, (_, at) => at % 4)
  const writers = Array.from(classes, (_, at) => (at < 190 ? `w${Math.floor(at / 13)}` : null))
  const { by, count, foldOf } = assignFolds(classes, writers, 1)
  expect({ by, count }).toEqual({ by: 'groups', count: 5 })
  for (const writer of new Set(writers.slice(0, 190))) {
    expect(new Set([...foldOf].filter((_, at) => writers[at] === writer)).size).toBe(1)
  }
  const turns = assignFolds(
    classes,
    Array.from(classes, () => 'me'),
    1,
  )
  expect(turns.by).toBe('turns')
  for (let fold = 0; fold < 5; fold++) {
    const counts = [0, 1, 2, 3].map(
      (label) => [...turns.foldOf].filter((each, at) => each === fold && classes[at] === label).length,
    )
    expect(counts).toEqual([10, 10, 10, 10])
  }
})
