import type { Value } from './value'

/** Everything that the given values are made of, and they themselves, inputs before what is made of them. */
export function topologicalOrder(values: readonly Value[]): Value[] {
  const found = new Map<number, Value>()
  const waiting = [...values]
  for (let value = waiting.pop(); value; value = waiting.pop()) {
    if (found.has(value.id)) continue
    found.set(value.id, value)
    if (value.kind === 'node') waiting.push(...value.inputs)
  }
  return [...found.values()].sort((a, b) => a.id - b.id)
}
