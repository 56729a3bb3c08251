/**
 * Solves n linear equations, `[n, n + 1]` with the right side last, by Gauss-Jordan with row pivoting; the rows are used up.
 * Null where they leave an unknown open.
 */
export function solveLinear(rows: (number[] | Float64Array)[]): number[] | null {
  const size = rows.length
  for (let pivot = 0; pivot < size; pivot++) {
    const open = rows.splice(pivot)
    open.sort((first, second) => Math.abs(second[pivot] ?? 0) - Math.abs(first[pivot] ?? 0))
    rows.push(...open)
    const row = rows[pivot]
    const head = row?.[pivot] ?? 0
    if (row === undefined || Math.abs(head) < 1e-9) return null
    for (const other of rows) {
      if (other === row) continue
      const factor = (other[pivot] ?? 0) / head
      for (let i = pivot; i <= size; i++) other[i] = (other[i] ?? 0) - factor * (row[i] ?? 0)
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1))
}
