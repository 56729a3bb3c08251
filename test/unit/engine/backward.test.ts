import { describe, expect, it } from 'vitest'
import { channelBlock } from '../../../src/main/engine/runtime/channelBlock'
import { backward } from '../../../src/main/engine/autodiff/backward'
import { GraphBuilder } from '../../../src/main/engine/graph/graphBuilder'
import type { NodeValue } from '../../../src/main/engine/graph/value'
import { encodeModel } from '../../../src/main/engine/onnx/encodeModel'
import { runGraph } from './runGraph'

const scalar = (value: number) => ({ data: Float32Array.of(value), shape: [] })

describe('backward', () => {
  it('adds up the gradients of a value that is used more than once', async () => {
    const b = new GraphBuilder()
    const x = b.input('x', [])
    const loss = b.add(b.mul(x, x), b.mul(b.mul(x, x), x))
    const [gradient = x] = backward(b, loss, [x])
    const { g } = await runGraph({ g: gradient }, { x: scalar(3) })
    expect(g).toEqual([2 * 3 + 3 * 9])
  })

  it('gives zeros for a value that the loss does not depend on', async () => {
    const b = new GraphBuilder()
    const x = b.input('x', [])
    const unused = b.input('unused', [2, 2])
    const [, gradient = x] = backward(b, b.exp(x), [x, unused])
    expect((await runGraph({ g: gradient })).g).toEqual([0, 0, 0, 0])
  })

  it('lets nothing through a stop', async () => {
    const b = new GraphBuilder()
    const x = b.input('x', [])
    const [gradient = x] = backward(b, b.mul(b.stopGradient(b.mul(x, x)), x), [x])
    expect((await runGraph({ g: gradient }, { x: scalar(3) })).g).toEqual([9])
  })

  it('shares the gradient of a window among its equal maxima, wherever windows lie', async () => {
    const b = new GraphBuilder()
    const x = b.input('x', [1, 1, 2, 3])
    const loss = b.reduceSum(b.maxPool(x, { kernel: [2, 2], stride: [1, 1] }), [0, 1, 2, 3])
    const [gradient = x] = backward(b, loss, [x])
    const feeds = { x: { data: Float32Array.of(5, 5, 1, 5, 5, 0), shape: [1, 1, 2, 3] } }
    // A quarter each of the first window, a half each of the second.
    expect((await runGraph({ g: gradient }, feeds)).g).toEqual([0.25, 0.75, 0, 0.25, 0.75, 0])
  })

  it('shares it in blocks of channels, too', async (context) => {
    const block = await channelBlock('cpu')
    if (block === 0) context.skip('no convolutions in blocks of channels here')
    const b = new GraphBuilder(block)
    const x = b.input('x', [1, block, 2, 4])
    const pooled = b.maxPool(b.fromBlocks(b.neg(b.toBlocks(x))), { kernel: [2, 2], stride: [2, 2] })
    const [gradient = x] = backward(b, b.reduceSum(pooled, [0, 1, 2, 3]), [x])
    const values = Float32Array.from({ length: block * 8 }, (_, i) => (i % 8 === 1 ? 7 : 5))
    const feeds = { x: { data: values, shape: [1, block, 2, 4] } }
    const third = -Math.fround(1 / 3)
    expect((await runGraph({ g: gradient }, feeds)).g).toEqual(
      Array.from({ length: block }, () => [third, -0, -0.25, -0.25, third, third, -0.25, -0.25]).flat(),
    )
  })

  it('refuses a loss that is not one number', () => {
    const b = new GraphBuilder()
    const x = b.input('x', [2])
    expect(() => backward(b, x, [x])).toThrow('the loss must be one number')
  })

  it('refuses an operator without a rule by its name', () => {
    const b = new GraphBuilder()
    const x = b.input('x', [])
    // What a graph from a later version might hold.
    const stranger = { ...b.exp(x), op: 'Sorcery' } as unknown as NodeValue
    expect(() => backward(b, stranger, [x])).toThrow('Sorcery')
    expect(() => encodeModel({ y: stranger })).toThrow('Sorcery')
  })
})

describe('graph building', () => {
  it('names the operator and the shapes that do not fit', () => {
    const b = new GraphBuilder()
    expect(() => b.matMul(b.input('a', [2, 3]), b.input('b', [4, 5]))).toThrow(
      /MatMul.*a float\[2, 3\].*b float\[4, 5\]/,
    )
    expect(() => b.add(b.input('c', [2]), b.input('d', [3]))).toThrow(/Add.*\[2\].*\[3\]/)
  })

  it('makes one value of equal expressions', () => {
    const b = new GraphBuilder()
    const x = b.input('x', [2])
    expect(b.exp(b.add(x, b.scalar(1)))).toBe(b.exp(b.add(x, b.scalar(1))))
  })
})
