import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/**
 * Every file below a folder as a line `SHA-256  BYTES  PATH`, sorted by path: two packings of one source can be compared.
 *
 * @param {string} folder
 */
export async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const lines = []
  for (const path of paths) {
    const content = await readFile(path)
    const digest = createHash('sha256').update(content).digest('hex')
    lines.push(`${digest}  ${content.length}  ${relative(folder, path).split(sep).join('/')}\n`)
  }
  return lines.join('')
}
