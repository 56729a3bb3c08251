import { describe, expect, it } from 'vitest'
import { backward } from '../../../src/main/engine/autodiff/backward'
import { textLoss } from '../../../src/main/engine/compile/textLoss'
import { GraphBuilder } from '../../../src/main/engine/graph/graphBuilder'
import { columnLogs } from '../../../src/main/engine/text/columnLogs'
import { readGreedily } from '../../../src/main/engine/text/readGreedily'
import { textLikelihood } from '../../../src/main/engine/text/textLikelihood'
import { Random } from '../../../src/shared/random'
import { runGraph } from './runGraph'

/** Characters 0 and 1, and nothing. */
const outputs = 3
const nothing = 2

function randomLogits(columns: number, seed: number, spread = 2): Float32Array {
  const random = new Random(seed)
  return Float32Array.from({ length: outputs * columns }, () => random.normal(0, spread))
}

/** All sequences of outputs, summed by the texts that they spell. */
function enumerate(logits: Float32Array, columns: number): Map<string, number> {
  const logs = columnLogs(logits, columns)
  const sums = new Map<string, number>()
  for (let code = 0; code < outputs ** columns; code++) {
    const path = Array.from({ length: columns }, (_, at) => Math.floor(code / outputs ** at) % outputs)
    const text = path.filter((output, at) => output !== nothing && output !== path[at - 1])
    const log = path.reduce((sum, output, at) => sum + (logs[output * columns + at] ?? 0), 0)
    sums.set(text.join(), (sums.get(text.join()) ?? 0) + Math.exp(log))
  }
  return sums
}

const texts = [[0], [0, 1], [0, 0], [1, 1, 0], [0, 1, 0, 1]]

describe('the likelihood of a text', () => {
  it.each([1, 2, 3, 5])('is the sum over all ways in which %i columns spell it', (columns) => {
    const logits = randomLogits(columns, columns)
    const sums = enumerate(logits, columns)
    for (const text of [[], ...texts]) {
      const expected = Math.log(sums.get(text.join()) ?? 0)
      const found = textLikelihood(columnLogs(logits, columns), columns, text)
      if (expected === -Infinity) expect(found).toBe(-Infinity)
      else expect(found).toBeCloseTo(expected, 4)
    }
  })

  it('sums to 1 over all texts', () => {
    const logs = columnLogs(randomLogits(4, 9), 4)
    const total = [...enumerate(randomLogits(4, 9), 4).keys()]
      .map((key) => (key === '' ? [] : key.split(',').map(Number)))
      .reduce((sum, text) => sum + Math.exp(textLikelihood(logs, 4, text)), 0)
    expect(total).toBeCloseTo(1, 5)
  })
})

describe('the loss of texts in the graph', () => {
  const longest = 4
  const columns = 7
  const labels = Int32Array.from(
    texts.flatMap((text) => Array.from({ length: longest }, (_, at) => text[at] ?? -1)),
  )
  const weights = Float32Array.of(1, 2, 0.5, 1, 0)
  const logits = Float32Array.from(texts.flatMap((_, at) => [...randomLogits(columns, 20 + at)]))
  const size = outputs * columns

  const lossOf = (values: Float32Array): number => {
    const sum = texts.reduce(
      (total, text, at) =>
        total -
        (weights[at] ?? 0) *
          textLikelihood(columnLogs(values.subarray(at * size, (at + 1) * size), columns), columns, text),
      0,
    )
    return sum / weights.reduce((total, weight) => total + weight, 0)
  }

  const run = async (values: Float32Array): Promise<Record<string, number[]>> => {
    const b = new GraphBuilder()
    const x = b.input('x', [texts.length, size])
    const loss = textLoss(
      b,
      x,
      b.input('labels', [texts.length, longest], 'int32'),
      b.input('weights', [texts.length]),
      outputs,
    )
    const [gradient = x] = backward(b, loss, [x])
    return runGraph(
      { loss, gradient },
      {
        x: { data: values, shape: [texts.length, size] },
        labels: { data: labels, shape: [texts.length, longest] },
        weights: { data: weights, shape: [texts.length] },
      },
    )
  }

  it('is what the host computes', async () => {
    const { loss } = await run(logits)
    expect(loss?.[0]).toBeCloseTo(lossOf(logits), 4)
  })

  it('has the gradient that central differences give', async () => {
    const { gradient = [] } = await run(logits)
    const step = 1e-2
    gradient.forEach((found, at) => {
      const moved = (by: number): number => lossOf(logits.map((value, i) => (i === at ? value + by : value)))
      expect(found).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 3)
    })
    expect(gradient.some((value) => Math.abs(value) > 0.05)).toBe(true)
  })

  it('stays a number where the network is sure of something else', async () => {
    const sure = Float32Array.from({ length: texts.length * size }, (_, at) =>
      Math.floor((at % size) / columns) === nothing ? 80 : -80,
    )
    const { loss = [], gradient = [] } = await run(sure)
    expect(loss[0]).toBeCloseTo(lossOf(sure), 0)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })
})

describe('reading greedily', () => {
  it('takes out repeats and nothing', () => {
    const path = [nothing, 0, 0, nothing, 0, 1, 1, nothing]
    const logs = columnLogs(
      Float32Array.from({ length: outputs * path.length }, (_, at) =>
        path[at % path.length] === Math.floor(at / path.length) ? 5 : 0,
      ),
      path.length,
    )
    expect(readGreedily(logs, path.length)).toEqual([0, 0, 1])
  })
})
