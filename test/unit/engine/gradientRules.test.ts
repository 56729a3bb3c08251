import { describe, expect, it } from 'vitest'
import { backward } from '../../../src/main/engine/autodiff/backward'
import { gradientRules } from '../../../src/main/engine/autodiff/gradientRules'
import { GraphBuilder } from '../../../src/main/engine/graph/graphBuilder'
import type { Op } from '../../../src/main/engine/graph/op'
import { sizeOf, type Shape } from '../../../src/main/engine/graph/shape'
import { topologicalOrder } from '../../../src/main/engine/graph/topologicalOrder'
import type { Value } from '../../../src/main/engine/graph/value'
import { encodeModel } from '../../../src/main/engine/onnx/encodeModel'
import { channelBlock } from '../../../src/main/engine/runtime/channelBlock'
import { Session, type HostTensor } from '../../../src/main/engine/runtime/session'
import { Random } from '../../../src/shared/random'

interface Case {
  readonly name: string
  readonly shapes: readonly Shape[]
  readonly build: (b: GraphBuilder, inputs: readonly Value[]) => Value
  /** Where inputs come from; away from kinks, or the differences mean nothing. */
  readonly range?: readonly [number, number]
  /** In blocks of channels, on machines that compute so: batch and channels are multiples of the block then. */
  readonly inBlocks?: true
}

const block = await channelBlock('cpu')

const window = (kernel: number, stride: number): { kernel: [number, number]; stride: [number, number] } => ({
  kernel: [kernel, kernel],
  stride: [stride, stride],
})
const conv = (kernel: number, stride: number, padding: number, groups = 1) => ({
  ...window(kernel, stride),
  padding: [padding, padding, padding, padding] as const,
  groups,
})

function input(inputs: readonly Value[], index: number): Value {
  const value = inputs[index]
  if (!value) throw new Error(`no input ${index}`)
  return value
}
const x = (inputs: readonly Value[]): Value => input(inputs, 0)
const y = (inputs: readonly Value[]): Value => input(inputs, 1)

/** At least one case for each operator; the table's type sees to it. */
const cases: Readonly<Record<Op, readonly Case[]>> = {
  Add: [
    {
      name: 'equal shapes',
      shapes: [
        [2, 3],
        [2, 3],
      ],
      build: (b, i) => b.add(x(i), y(i)),
    },
    { name: 'broadcast over a missing axis', shapes: [[2, 3], [3]], build: (b, i) => b.add(x(i), y(i)) },
  ],
  Sub: [
    {
      name: 'broadcast',
      shapes: [
        [2, 1, 3],
        [4, 1],
      ],
      build: (b, i) => b.sub(x(i), y(i)),
    },
  ],
  Mul: [
    {
      name: 'broadcast on both sides',
      shapes: [
        [2, 1],
        [1, 3],
      ],
      build: (b, i) => b.mul(x(i), y(i)),
    },
    { name: 'a value with itself', shapes: [[2, 3]], build: (b, i) => b.mul(x(i), x(i)) },
  ],
  Div: [
    {
      name: 'broadcast',
      shapes: [
        [2, 3],
        [1, 3],
      ],
      build: (b, i) => b.div(x(i), y(i)),
      range: [0.5, 2],
    },
  ],
  Neg: [{ name: 'matrix', shapes: [[2, 3]], build: (b, i) => b.neg(x(i)) }],
  Relu: [{ name: 'both signs', shapes: [[4, 5]], build: (b, i) => b.relu(x(i)) }],
  Exp: [{ name: 'matrix', shapes: [[2, 3]], build: (b, i) => b.exp(x(i)) }],
  Log: [{ name: 'matrix', shapes: [[2, 3]], build: (b, i) => b.log(x(i)), range: [0.5, 2] }],
  Sqrt: [{ name: 'matrix', shapes: [[2, 3]], build: (b, i) => b.sqrt(x(i)), range: [0.5, 2] }],
  Erf: [{ name: 'matrix', shapes: [[2, 3]], build: (b, i) => b.erf(x(i)) }],
  Sigmoid: [{ name: 'matrix', shapes: [[2, 3]], build: (b, i) => b.sigmoid(x(i)) }],
  Step: [{ name: 'flat', shapes: [[2, 3]], build: (b, i) => b.mul(b.step(x(i), 0), x(i)) }],
  Greater: [
    {
      name: 'flat',
      shapes: [[2, 3]],
      build: (b, i) => b.mul(b.toFloat(b.greater(x(i), b.scalar(0.1))), x(i)),
    },
  ],
  Equal: [{ name: 'flat', shapes: [[2, 3]], build: (b, i) => b.mul(b.toFloat(b.equal(x(i), x(i))), x(i)) }],
  And: [
    {
      name: 'flat',
      shapes: [[2, 3]],
      build: (b, i) => {
        const both = b.and(b.greater(x(i), b.scalar(-0.4)), b.greater(b.scalar(0.4), x(i)))
        return b.mul(b.toFloat(both), x(i))
      },
    },
  ],
  Not: [
    {
      name: 'flat',
      shapes: [[2, 3]],
      build: (b, i) => b.mul(b.toFloat(b.not(b.greater(x(i), b.scalar(0.1)))), x(i)),
    },
  ],
  ToFloat: [
    {
      name: 'flat',
      shapes: [[2, 3]],
      build: (b, i) => b.add(b.toFloat(b.greater(x(i), b.scalar(0.1))), x(i)),
    },
  ],
  Where: [
    {
      name: 'both branches, broadcast',
      shapes: [[2, 3], [3]],
      build: (b, i) => b.where(b.greater(x(i), b.scalar(0.1)), x(i), b.mul(y(i), y(i))),
    },
  ],
  StopGradient: [
    // The stopped factor is a constant of the same value in the differences, too: see the test below for the stop itself.
    {
      name: 'beside an open path',
      shapes: [
        [2, 3],
        [2, 3],
      ],
      build: (b, i) => b.add(b.stopGradient(b.scalar(2)), b.mul(x(i), y(i))),
    },
  ],
  ReduceSum: [
    { name: 'one axis', shapes: [[2, 3, 4]], build: (b, i) => b.reduceSum(x(i), [1]) },
    {
      name: 'all but the channels',
      shapes: [[2, 3, 2, 2]],
      build: (b, i) => b.reduceSum(x(i), [0, 2, 3], true),
    },
  ],
  ReduceMean: [
    { name: 'last axes', shapes: [[2, 3, 2, 2]], build: (b, i) => b.reduceMean(x(i), [2, 3]) },
    { name: 'all but the channels', shapes: [[2, 3, 2, 2]], build: (b, i) => b.reduceMean(x(i), [0, 2, 3]) },
  ],
  ReduceMax: [{ name: 'one axis', shapes: [[3, 5]], build: (b, i) => b.reduceMax(x(i), [1], true) }],
  MatMul: [
    {
      name: 'plain',
      shapes: [
        [2, 3],
        [3, 4],
      ],
      build: (b, i) => b.matMul(x(i), y(i)),
    },
    {
      name: 'first turned',
      shapes: [
        [3, 2],
        [3, 4],
      ],
      build: (b, i) => b.matMul(x(i), y(i), { transposeA: true }),
    },
    {
      name: 'second turned',
      shapes: [
        [2, 3],
        [4, 3],
      ],
      build: (b, i) => b.matMul(x(i), y(i), { transposeB: true }),
    },
    {
      name: 'both turned, batched',
      shapes: [
        [2, 3, 2],
        [2, 4, 3],
      ],
      build: (b, i) => b.matMul(x(i), y(i), { transposeA: true, transposeB: true }),
    },
    {
      name: 'batch broadcast',
      shapes: [
        [2, 2, 3],
        [3, 4],
      ],
      build: (b, i) => b.matMul(x(i), y(i)),
    },
  ],
  Reshape: [{ name: 'split', shapes: [[2, 6]], build: (b, i) => b.reshape(x(i), [3, 2, 2]) }],
  Flatten: [{ name: 'four axes', shapes: [[2, 3, 2, 2]], build: (b, i) => b.flatten(x(i)) }],
  Transpose: [{ name: 'three axes', shapes: [[2, 3, 4]], build: (b, i) => b.transpose(x(i), [2, 0, 1]) }],
  Expand: [{ name: 'new and long axes', shapes: [[3, 1]], build: (b, i) => b.expand(x(i), [2, 3, 4]) }],
  Concat: [
    {
      name: 'unequal parts',
      shapes: [
        [2, 1, 2],
        [2, 3, 2],
      ],
      build: (b, i) => b.concat([x(i), y(i), x(i)], 1),
    },
  ],
  Slice: [
    {
      name: 'steps of two, cut short',
      shapes: [[1, 2, 5, 6]],
      build: (b, i) => b.slice(x(i), { axes: [2, 3], starts: [0, 1], ends: [5, 6], steps: [2, 2] }),
    },
    { name: 'turned round', shapes: [[2, 3, 4]], build: (b, i) => b.flip(x(i), [1, 2]) },
  ],
  Pad: [{ name: 'two sides', shapes: [[2, 3]], build: (b, i) => b.pad(x(i), [0, 1], [2, 1]) }],
  Conv: [
    {
      name: '3x3 same with bias',
      shapes: [[2, 2, 5, 4], [3, 2, 3, 3], [3]],
      build: (b, i) => b.conv(x(i), y(i), input(i, 2), conv(3, 1, 1)),
    },
    {
      name: '3x3 valid',
      shapes: [
        [2, 2, 5, 5],
        [3, 2, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 1, 0)),
    },
    {
      name: '3x3 in steps of two, input even',
      shapes: [
        [2, 2, 6, 6],
        [2, 2, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 2, 1)),
    },
    {
      name: '5x5 in steps of three',
      shapes: [
        [1, 1, 9, 8],
        [2, 1, 5, 5],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(5, 3, 2)),
    },
    {
      name: '1x1 in steps of two',
      shapes: [
        [2, 3, 5, 5],
        [2, 3, 1, 1],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(1, 2, 0)),
    },
    {
      name: 'two groups',
      shapes: [
        [2, 4, 4, 4],
        [6, 2, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 1, 1, 2)),
    },
    {
      name: 'depthwise in steps of two',
      shapes: [
        [2, 3, 6, 6],
        [3, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 2, 1, 3)),
    },
    {
      name: 'uneven padding',
      shapes: [
        [1, 1, 6, 6],
        [2, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, { ...window(3, 2), padding: [0, 0, 1, 1], groups: 1 }),
    },
    {
      name: '3x3 same, one channel to many',
      shapes: [
        [2, 1, 4, 5],
        [4, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 1, 1)),
    },
    {
      name: 'uneven padding without steps',
      shapes: [
        [2, 2, 4, 5],
        [3, 2, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, { ...window(3, 1), padding: [0, 1, 2, 0], groups: 1 }),
    },
    {
      name: '1x1',
      shapes: [
        [2, 3, 4, 5],
        [4, 3, 1, 1],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(1, 1, 0)),
    },
    {
      name: '5x5 in steps of two, same',
      shapes: [
        [1, 2, 7, 7],
        [2, 2, 5, 5],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(5, 2, 2)),
    },
    {
      name: '5x5 in steps of two, same, input even',
      shapes: [
        [1, 2, 6, 6],
        [2, 2, 5, 5],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, { ...window(5, 2), padding: [1, 1, 2, 2], groups: 1 }),
    },
    {
      name: 'depthwise',
      shapes: [
        [2, 3, 5, 4],
        [3, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 1, 1, 3)),
    },
    {
      name: 'depthwise in steps of two, same, input odd',
      shapes: [
        [2, 3, 5, 5],
        [3, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 2, 1, 3)),
    },
    {
      name: 'depthwise in steps of two, same, input even',
      shapes: [
        [2, 3, 6, 4],
        [3, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, { ...window(3, 2), padding: [0, 0, 1, 1], groups: 3 }),
    },
    {
      name: 'depthwise, two outputs a channel',
      shapes: [
        [2, 2, 4, 4],
        [4, 1, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 1, 1, 2)),
    },
    {
      name: 'two groups in steps of two',
      shapes: [
        [2, 4, 5, 5],
        [6, 2, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 2, 1, 2)),
    },
    {
      name: 'in blocks: 3x3 same with bias',
      shapes: [[16, 16, 3, 4], [16, 16, 3, 3], [16]],
      build: (b, i) => b.conv(x(i), y(i), input(i, 2), conv(3, 1, 1)),
      inBlocks: true,
    },
    {
      name: 'in blocks: 3x3 in steps of two',
      shapes: [
        [2, 16, 5, 5],
        [16, 16, 3, 3],
      ],
      build: (b, i) => b.conv(x(i), y(i), null, conv(3, 2, 1)),
      inBlocks: true,
    },
    {
      name: 'in blocks: uneven kernel and padding',
      shapes: [
        [16, 16, 3, 4],
        [16, 16, 2, 3],
      ],
      build: (b, i) =>
        b.conv(x(i), y(i), null, { kernel: [2, 3], stride: [1, 1], padding: [1, 0, 0, 2], groups: 1 }),
      inBlocks: true,
    },
  ],
  MaxPool: [
    { name: '2x2', shapes: [[2, 2, 4, 6]], build: (b, i) => b.maxPool(x(i), window(2, 2)), range: [-3, 3] },
    {
      name: '2x2, odd size',
      shapes: [[1, 2, 5, 5]],
      build: (b, i) => b.maxPool(x(i), window(2, 2)),
      range: [-3, 3],
    },
    {
      name: 'overlapping 3x3',
      shapes: [[1, 2, 7, 7]],
      build: (b, i) => b.maxPool(x(i), window(3, 2)),
      range: [-3, 3],
    },
    {
      name: 'in blocks: 2x2',
      shapes: [[1, 16, 4, 6]],
      build: (b, i) => b.maxPool(b.fromBlocks(b.neg(b.toBlocks(x(i)))), window(2, 2)),
      range: [-3, 3],
      inBlocks: true,
    },
    {
      name: 'in blocks: 2x2, odd size',
      shapes: [[1, 16, 5, 5]],
      build: (b, i) => b.maxPool(b.fromBlocks(b.neg(b.toBlocks(x(i)))), window(2, 2)),
      range: [-3, 3],
      inBlocks: true,
    },
    {
      name: 'in blocks: overlapping 3x3',
      shapes: [[1, 16, 7, 5]],
      build: (b, i) => b.maxPool(b.fromBlocks(b.neg(b.toBlocks(x(i)))), window(3, 2)),
      range: [-3, 3],
      inBlocks: true,
    },
    {
      name: 'of rectified values',
      shapes: [[2, 2, 4, 4]],
      build: (b, i) => b.maxPool(b.relu(x(i)), window(2, 2)),
      range: [-3, 3],
    },
  ],
  AveragePool: [
    { name: '2x2', shapes: [[2, 2, 4, 6]], build: (b, i) => b.averagePool(x(i), window(2, 2)) },
    { name: 'overlapping 3x3', shapes: [[1, 2, 7, 7]], build: (b, i) => b.averagePool(x(i), window(3, 2)) },
    {
      name: 'in blocks: 2x2, odd size',
      shapes: [[1, 16, 5, 4]],
      build: (b, i) => b.averagePool(b.fromBlocks(b.neg(b.toBlocks(x(i)))), window(2, 2)),
      inBlocks: true,
    },
  ],
  RepeatColumns: [
    {
      name: 'twice',
      shapes: [[2, 16, 3, 2]],
      build: (b, i) => {
        const twice = b.fromBlocks(b.repeatColumns(b.toBlocks(x(i)), 2))
        return b.mul(twice, twice)
      },
      inBlocks: true,
    },
  ],
  ToBlocks: [
    {
      name: 'squared there',
      shapes: [[2, 16, 2, 3]],
      build: (b, i) => b.mul(b.toBlocks(x(i)), b.toBlocks(x(i))),
      inBlocks: true,
    },
  ],
  FromBlocks: [
    {
      name: 'squared in between',
      shapes: [[2, 16, 2, 3]],
      build: (b, i) => b.fromBlocks(b.mul(b.toBlocks(x(i)), b.toBlocks(x(i)))),
      inBlocks: true,
    },
  ],
  BatchNorm: [
    {
      name: 'with the statistics of its input',
      shapes: [[3, 2, 4, 4], [2], [2]],
      build: (b, i) => {
        const axes = [0, 2, 3]
        const mean = b.reduceMean(x(i), axes)
        const centred = b.sub(x(i), b.reshape(mean, [2, 1, 1]))
        const variance = b.reduceMean(b.mul(centred, centred), axes)
        return b.apply('BatchNorm', [x(i), y(i), input(i, 2), mean, variance], { epsilon: 1e-3 })
      },
    },
  ],
}

/** Evenly spread values in random order: no two so close that a step of the differences would make them change places. */
function spread(count: number, [low, high]: readonly [number, number], random: Random): Float32Array {
  const order = random.shuffle(Int32Array.from({ length: count }, (_, i) => i))
  return Float32Array.from(order, (rank) => low + ((rank + 0.5) / count) * (high - low))
}

/**
 * Compares each gradient with central differences. The loss weighs the outputs by fixed random numbers, so that no two
 * of them can make up for each other; in 32 bits the differences are good to about a thousandth.
 */
async function check({ shapes, build, range = [-1, 1], inBlocks }: Case): Promise<void> {
  const b = new GraphBuilder(inBlocks ? block : 0)
  const inputs = shapes.map((shape, i) => b.input(`x${i}`, shape))
  const output = build(b, inputs)
  const random = new Random(7)
  const mixing = b.constant(
    Float32Array.from(
      { length: sizeOf(output.shape) },
      () => random.uniform(0.5, 1.5) * (random.chance(0.5) ? 1 : -1),
    ),
    output.shape,
  )
  const loss = b.reduceSum(b.reshape(b.mul(output, mixing), [1, sizeOf(output.shape)]), [0, 1])
  const gradients = backward(b, loss, inputs)
  const outputs = { loss, ...Object.fromEntries(gradients.map((value, i) => [`g${i}`, value])) }
  const session = await Session.create(encodeModel(outputs), { provider: 'cpu', threads: 1 })
  const feeds: Record<string, HostTensor> = Object.fromEntries(
    shapes.map((shape, i) => [`x${i}`, { shape, data: spread(sizeOf(shape), range, random) }]),
  )
  const lossAt = async (): Promise<number> => (await session.run(feeds)).loss?.data[0] ?? NaN
  const analytic = await session.run(feeds)
  const step = 1e-2
  for (const [i, shape] of shapes.entries()) {
    expect(gradients[i]?.shape).toEqual(shape)
    const values = feeds[`x${i}`]?.data
    const gradient = analytic[`g${i}`]?.data
    if (!values || !gradient) throw new Error('the graph gave no gradient')
    for (let k = 0; k < values.length; k++) {
      const at = values[k] ?? 0
      values[k] = at + step
      const above = await lossAt()
      values[k] = at - step
      const below = await lossAt()
      values[k] = at
      const numeric = (above - below) / (2 * step)
      expect(
        Math.abs((gradient[k] ?? NaN) - numeric),
        `input ${i}, entry ${k}: ${gradient[k]} against ${numeric}`,
      ).toBeLessThan(5e-3 * Math.max(1, Math.abs(numeric)))
    }
  }
  await session.release()
}

describe('gradient rules against central differences on the real runtime', () => {
  for (const op of Object.keys(gradientRules) as Op[]) {
    for (const one of cases[op]) {
      it(`${op}: ${one.name}`, async (context) => {
        if (one.inBlocks && block === 0) context.skip('no convolutions in blocks of channels here')
        const b = new GraphBuilder(one.inBlocks ? block : 0)
        const built = one.build(
          b,
          one.shapes.map((shape, i) => b.input(`x${i}`, shape)),
        )
        const order = topologicalOrder([built])
        const used = order.some((value) => value.kind === 'node' && value.op === op)
        expect(used, `the case does not use ${op}`).toBe(true)
        const blocked = order.some((value) => value.kind === 'node' && value.op === 'ToBlocks')
        expect(blocked, 'the case does not compute in blocks').toBe(one.inBlocks ?? false)
        await check(one)
      })
    }
  }

  it('has a case for every rule', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(gradientRules).sort())
  })
})
