/**
 * A name for a model that is taught from another: `my-digits`, or `my-digits-2` and so on where that is taken.
 * @param root the model's own name, or that of the first that it comes from
 */
export function vacantName(root: string, taken: readonly string[]): string {
  const plain = root
    .replace(/^my-/, '')
    .replace(/[^a-z0-9._-]+/gi, '-')
    .replace(/-\d+$/, '')
    .slice(0, 50)
  const first = `my-${plain || 'model'}`
  let name = first
  for (let number = 2; taken.includes(name); number++) name = `${first}-${number}`
  return name
}
