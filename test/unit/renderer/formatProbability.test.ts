import { describe, expect, it } from 'vitest'
import { formatMilliseconds, formatProbability } from '../../../src/renderer/write/formatProbability'

describe('a probability in words', () => {
  it.each([
    [1, '>99.9%'],
    [0.9994, '>99.9%'],
    [0.9989, '99.8%'],
    [0.982, '98%'],
    [0.444, '44%'],
    [0.01, '1%'],
    [0.0099, '<1%'],
    [0, '<1%'],
  ])('%f is %s', (probability, words) => {
    expect(formatProbability(probability, 'en')).toBe(words)
  })
})

it('gives a short time in the reader’s language', () => {
  expect(formatMilliseconds(2.345, 'en')).toBe('2.3 ms')
  expect(formatMilliseconds(210.4, 'zh-CN')).toBe('210毫秒')
})
