/** What pictures and labels are called, the commonest first; `arr_0` is NumPy's own for what was given no name. */
const pairs = [
  ['x', 'y'],
  ['images', 'labels'],
  ['image', 'label'],
  ['imgs', 'labels'],
  ['data', 'labels'],
  ['data', 'target'],
  ['data', 'label'],
  ['features', 'labels'],
  ['arr_0', 'arr_1'],
] as const

/** Names for each half of a set that was divided. */
const halves = { train: ['train', 'training'], test: ['test', 'testing', 'val', 'valid'] } as const

/**
 * The arrays of pictures and labels by their names, also with a half's name before or after: `x_train`, `train_images`.
 *
 * @returns what is wrong, in words, where none fit
 */
export function chooseArrays(
  names: readonly string[],
  part: 'train' | 'test',
): { pictures: string; labels: string } | string {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]))
  const find = (pictures: string, labels: string): { pictures: string; labels: string } | null => {
    const [first, second] = [known.get(pictures), known.get(labels)]
    return first === undefined || second === undefined ? null : { pictures: first, labels: second }
  }
  for (const [pictures, labels] of pairs) {
    for (const half of halves[part]) {
      const found =
        find(`${pictures}_${half}`, `${labels}_${half}`) ??
        find(`${half}_${pictures}`, `${half}_${labels}`) ??
        find(`${pictures}${half}`, `${labels}${half}`)
      if (found) return found
    }
    const whole = part === 'train' ? find(pictures, labels) : null
    if (whole) return whole
  }
  const shown = names.slice(0, 10).join(', ')
  return `none of ${shown || 'its arrays'} are pictures and labels of the ${part} part by their names`
}
