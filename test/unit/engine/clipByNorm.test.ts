import { expect, it } from 'vitest'
import { clipByNorm } from '../../../src/main/engine/compile/clipByNorm'
import { GraphBuilder } from '../../../src/main/engine/graph/graphBuilder'
import { runGraph } from './runGraph'

/** Two gradients whose common norm is 13: (3, 4) and 12. */
async function clipped(limit: number): Promise<number[]> {
  const b = new GraphBuilder()
  const [first, second] = clipByNorm(
    b,
    [b.constant(Float32Array.of(3, 4), [2]), b.constant(Float32Array.of(12), [1, 1])],
    limit,
  )
  if (!first || !second) throw new Error('two gradients should come back')
  const zero = b.scalar(0)
  const results = await runGraph({ first: b.add(first, zero), second: b.add(second, zero) })
  return [...(results.first ?? []), ...(results.second ?? [])]
}

it('shortens all gradients by one factor to the limit', async () => {
  const [a, b, c] = await clipped(6.5)
  expect([a, b, c]).toEqual([1.5, 2, 6])
})

it('leaves gradients that are short enough, and all of them without a limit', async () => {
  expect(await clipped(13.5)).toEqual([3, 4, 12])
  expect(await clipped(0)).toEqual([3, 4, 12])
})
