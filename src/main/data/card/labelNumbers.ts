/** The number of each label where a format stores numbers: itself, where all are numbers of a byte, else its place. */
export function labelNumbers(labels: readonly string[]): number[] {
  const themselves = labels.every((label) => /^(0|[1-9]\d{0,2})$/.test(label) && Number(label) < 256)
  return labels.map((label, index) => (themselves ? Number(label) : index))
}
