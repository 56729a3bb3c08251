/** A plain set, for a state that is replaced as a whole: choosing a million samples is one change, not a million. */
export function idSet(ids: Iterable<number>): ReadonlySet<number> {
  return new Set(ids)
}
