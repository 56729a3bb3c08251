/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const plain = /^[\p{L}\p{N}]([\p{L}\p{M}\p{N} -]*[\p{L}\p{M}\p{N}])?$/u

/**
 * A folder's name for each label: the label itself where every file system keeps it, else its number. "a" and "A" are one
 * folder on some, so that both get numbers.
 */
export function folderNames(labels: readonly string[]): string[] {
  const folded = new Map<string, number>()
  const fold = (label: string): string => label.normalize('NFKC').toLowerCase()
  for (const label of labels) folded.set(fold(label), (folded.get(fold(label)) ?? 0) + 1)
  return labels.map((label, index) => {
    const keeps = plain.test(label) && !reserved.test(label) && label === label.normalize('NFC')
    return keeps && folded.get(fold(label)) === 1 ? label : `_${index}`
  })
}
