import { realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'

/** How many folders above a file are looked through for one named `include`, as in train_r01_v07. */
const levels = 8

/**
 * Where a file lies that another includes: in the other's own folder, or in one named `include` beside it or beside a folder
 * above it. Nothing else can be reached: not by a path with "..", not by an absolute one, not by a link.
 *
 * @param top the file that the user named, whose folder counts
 * @returns null where there is none
 */
export async function includedFile(top: string, name: string): Promise<string | null> {
  if (/^([a-z]:|[\\/])/i.test(name) || name.split(/[\\/]/).includes('..') || name.includes('\0')) return null
  const bases = [dirname(top)]
  for (let folder = dirname(top), level = 0; level < levels; folder = dirname(folder), level++) {
    bases.push(join(folder, 'include'))
    if (dirname(folder) === folder) break
  }
  for (const base of bases) {
    const [real, root] = await Promise.all([join(base, name), base].map(realPathOrNull))
    if (real && root && real.startsWith(root.endsWith(sep) ? root : root + sep)) return real
  }
  return null
}

async function realPathOrNull(path: string): Promise<string | null> {
  return realpath(path).catch(() => null)
}
