import { logSoftmax, oneHot } from '../graph/derivedOps'
import type { GraphBuilder } from '../graph/graphBuilder'
import type { Value } from '../graph/value'

/** The logarithm of no chance at all: finite, so that no difference of two of them is not a number. */
const impossible = -1e5

/** The states of a text in a lattice, [batch, 2 * longest + 1]: nothing, first character, nothing, second, ..., nothing. */
interface TextStates {
  /** [batch, states, outputs], a one where a state stands for an output. */
  readonly outputs: Value
  /** 0 where a state may follow the one before the last, `impossible` where it may not: equal characters need nothing in between. */
  readonly leap: Value
  /** 0 where a text may begin or end, `impossible` elsewhere. */
  readonly first: Value
  readonly last: Value
}

/**
 * Connectionist temporal classification (Graves et al. 2006): minus the logarithm of the probability of all ways in which the
 * columns may spell the text, averaged by sample weights. Forward and backward variables run through the lattice in
 * logarithms, side by side, as a part of the graph. The gradient is not taken through them: it is that of the
 * outputs' own logarithms, each weighed by how probable it is that the column stands for it (Graves' equation 15; Fisher's identity).
 *
 * @param logits [batch, outputs * columns], the last output of each column being 'nothing'
 * @param labels int32 [batch, longest], numbers of characters; -1 after the text
 * @param sampleWeights [batch]
 */
export function textLoss(
  b: GraphBuilder,
  logits: Value,
  labels: Value,
  sampleWeights: Value,
  outputs: number,
): Value {
  const [batch = 1] = logits.shape
  const columns = (logits.shape[1] ?? 0) / outputs
  const byColumn = b.transpose(b.reshape(logits, [batch, outputs, columns]), [0, 2, 1])
  const logs = b.reshape(logSoftmax(b, b.reshape(byColumn, [batch * columns, outputs])), [
    batch,
    columns,
    outputs,
  ])
  const states = textStates(b, labels, outputs)
  const emissions = b.matMul(logs, states.outputs, { transposeB: true })
  const seen = b.stopGradient(emissions)
  const both = passBothWays(b, seen, states)
  // Each state's share of all ways through its column; what a column emits is in both directions, and counts once.
  const throughState = b.sub(both, seen)
  const likelihood = logSumExp(b, throughState, 2)
  const shares = b.exp(b.sub(throughState, likelihood))
  const expected = b.neg(b.reduceSum(b.mul(shares, emissions), [1, 2]))
  const loss = b.neg(b.reduceMean(b.reshape(likelihood, [batch, columns]), [1]))
  // The value of the one, the gradient of the other.
  const perSample = b.add(b.stopGradient(b.sub(loss, expected)), expected)
  return b.div(b.reduceSum(b.mul(perSample, sampleWeights), [0]), b.reduceSum(sampleWeights, [0]))
}

function textStates(b: GraphBuilder, labels: Value, outputs: number): TextStates {
  const [batch = 1, longest = 1] = labels.shape
  const characters = b.reshape(oneHot(b, labels, outputs), [batch, longest, 1, outputs])
  const nothing = b.constant(
    Float32Array.from({ length: outputs }, (_, output) => (output === outputs - 1 ? 1 : 0)),
    [1, 1, 1, outputs],
  )
  const pairs = b.concat([b.expand(nothing, characters.shape), characters], 2)
  const end = b.reshape(b.expand(nothing, [batch, 1, 1, outputs]), [batch, 1, outputs])
  const present = b.toFloat(b.not(b.equal(labels, b.constant(Int32Array.of(-1), [1, 1]))))
  const column = (value: Value, from: number, to: number): Value =>
    b.slice(value, { axes: [1], starts: [from], ends: [to], steps: [1] })
  const zero = b.expand(b.scalar(0), [batch, 1])
  const isEnd = b.sub(present, b.concat([column(present, 1, longest), zero], 1))
  // Of each character and of the nothing after it.
  const twice = (value: Value): Value =>
    b.reshape(b.expand(b.reshape(value, [batch, longest, 1]), [batch, longest, 2]), [batch, 2 * longest])
  const differs = b.concat(
    [zero, b.toFloat(b.not(b.equal(column(labels, 1, longest), column(labels, 0, longest - 1))))],
    1,
  )
  const ofCharacters = (value: Value): Value => {
    const noughts = b.expand(b.scalar(0), [batch, longest, 1])
    const spread = b.concat([noughts, b.reshape(value, [batch, longest, 1])], 2)
    return b.concat([b.reshape(spread, [batch, 2 * longest]), zero], 1)
  }
  const begins = Float32Array.from({ length: 2 * longest + 1 }, (_, state) => (state < 2 ? 1 : 0))
  return {
    outputs: b.concat([b.reshape(pairs, [batch, 2 * longest, outputs]), end], 1),
    leap: logOfMask(b, ofCharacters(differs)),
    first: logOfMask(b, b.expand(b.constant(begins, [1, begins.length]), [batch, begins.length])),
    last: logOfMask(b, b.concat([zero, twice(isEnd)], 1)),
  }
}

/** 1 becomes 0, 0 becomes `impossible`. */
function logOfMask(b: GraphBuilder, mask: Value): Value {
  return b.mul(b.sub(b.scalar(1), mask), b.scalar(impossible))
}

/**
 * The sum of the logarithms of the forward and the backward variables, [batch, columns, states]. The backward ones are the
 * forward ones of the lattice turned round, so that both are computed at once.
 */
function passBothWays(b: GraphBuilder, emissions: Value, { leap, first, last }: TextStates): Value {
  const [batch = 1, columns = 1, states = 1] = emissions.shape
  // A leap belongs to the state that it arrives at: the other way, that is the one two before.
  const leapBack = shiftStates(b, b.flip(leap, [1]), 2)
  const passed = passForward(
    b,
    b.concat([emissions, b.flip(emissions, [1, 2])], 0),
    b.concat([leap, leapBack], 0),
    b.concat([first, b.flip(last, [1])], 0),
  )
  const half = (from: number): Value =>
    b.slice(passed, { axes: [0], starts: [from], ends: [from + batch], steps: [1] })
  const shape = [batch, columns, states]
  return b.add(b.reshape(half(0), shape), b.flip(b.reshape(half(batch), shape), [1, 2]))
}

function passForward(b: GraphBuilder, emissions: Value, leap: Value, first: Value): Value {
  const [batch = 1, columns = 1, states = 1] = emissions.shape
  const emitted = (column: number): Value =>
    b.reshape(b.slice(emissions, { axes: [1], starts: [column], ends: [column + 1], steps: [1] }), [
      batch,
      states,
    ])
  const after: Value[] = [b.add(first, emitted(0))]
  for (let column = 1; column < columns; column++) {
    const before = after[column - 1] ?? first
    const ways = [before, shiftStates(b, before, 1), b.add(shiftStates(b, before, 2), leap)]
    const stacked = b.concat(
      ways.map((way) => b.reshape(way, [batch, 1, states])),
      1,
    )
    after.push(b.add(b.reshape(logSumExp(b, stacked, 1), [batch, states]), emitted(column)))
  }
  return b.concat(
    after.map((value) => b.reshape(value, [batch, 1, states])),
    1,
  )
}

/** Each state gets what the one `by` before it had. */
function shiftStates(b: GraphBuilder, value: Value, by: number): Value {
  const [batch = 1, states = 1] = value.shape
  const none = b.expand(b.scalar(impossible), [batch, by])
  return b.concat([none, b.slice(value, { axes: [1], starts: [0], ends: [states - by], steps: [1] })], 1)
}

/** log(sum(exp(x))) along an axis, which stays with length 1. */
function logSumExp(b: GraphBuilder, x: Value, axis: number): Value {
  const largest = b.reduceMax(x, [axis], true)
  return b.add(b.log(b.reduceSum(b.exp(b.sub(x, largest)), [axis], true)), largest)
}
