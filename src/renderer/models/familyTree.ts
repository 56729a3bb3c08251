import type { ModelEntry } from '../../shared/contract/registry'

/** A model's place in the family tree, as a row of it. */
export interface FamilyRow {
  readonly model: ModelEntry
  /** How many models lie between it and one that has no parent here. */
  readonly depth: number
  /** For each depth before its own: whether a line goes on downwards there, to later children. */
  readonly lines: readonly boolean[]
  readonly isLast: boolean
}

/** Models below those that they were made from, older ones first; a parent that is gone leaves its children at the root. */
export function familyRows(models: readonly ModelEntry[]): FamilyRow[] {
  const byName = new Map(models.map((model) => [model.name, model]))
  const parentOf = (model: ModelEntry): string | null =>
    model.parent !== null && model.parent !== model.name && byName.has(model.parent) ? model.parent : null
  const seen = new Set<string>()
  const rowsBelow = (parent: string | null, depth: number, lines: readonly boolean[]): FamilyRow[] => {
    const children = models
      .filter((model) => parentOf(model) === parent && !seen.has(model.name))
      .sort((a, b) => a.created.localeCompare(b.created))
    for (const { name } of children) seen.add(name)
    return children.flatMap((model, at) => {
      const isLast = at === children.length - 1
      const own = { model, depth, lines, isLast }
      return [own, ...rowsBelow(model.name, depth + 1, [...lines, !isLast])]
    })
  }
  const rows = rowsBelow(null, 0, [])
  // Cards are files: two may name each other.
  const rest = models.filter(({ name }) => !seen.has(name))
  return [...rows, ...rest.map((model) => ({ model, depth: 0, lines: [], isLast: true }))]
}
