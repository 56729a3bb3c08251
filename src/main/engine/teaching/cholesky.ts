/**
 * The lower triangular L with L times its transpose equal to a symmetric positive definite matrix, [size, size] (Cholesky's method).
 * @throws Error where the matrix is not positive definite
 */
export function lowerFactor(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] ?? 0
      for (let k = 0; k < column; k++) sum -= (lower[row * size + k] ?? 0) * (lower[column * size + k] ?? 0)
      if (row === column && !(sum > 0)) throw new Error('the matrix is not positive definite')
      lower[row * size + column] =
        row === column ? Math.sqrt(sum) : sum / (lower[column * size + column] ?? 1)
    }
  }
  return lower
}

/**
 * Solves A x = b for a symmetric positive definite A, for as many b as are wanted (Cholesky's method).
 * @param matrix [size, size]; it is left as it is
 * @throws Error where it is not positive definite
 */
export function factorize(matrix: Float64Array, size: number): (b: ArrayLike<number>) => Float64Array {
  const lower = lowerFactor(matrix, size)
  const at = (row: number, column: number): number => lower[row * size + column] ?? 0
  return (b) => {
    const x = Float64Array.from({ length: size }, (_, i) => b[i] ?? 0)
    for (let row = 0; row < size; row++) {
      let sum = x[row] ?? 0
      for (let k = 0; k < row; k++) sum -= at(row, k) * (x[k] ?? 0)
      x[row] = sum / at(row, row)
    }
    for (let row = size - 1; row >= 0; row--) {
      let sum = x[row] ?? 0
      for (let k = row + 1; k < size; k++) sum -= at(k, row) * (x[k] ?? 0)
      x[row] = sum / at(row, row)
    }
    return x
  }
}
