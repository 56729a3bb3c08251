import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'

/**
 * Finds what npm installed of @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu.
 * @param folder of the package
 * @throws AppError 'tensorflow-source' where it is another package, or its own install did not get its native part
 */
export async function findInstalledPackage(
  folder: string,
): Promise<{ packageFolder: string; addon: string }> {
  const refuse = (detail: string, cause?: unknown): AppError =>
    new AppError('tensorflow-source', { path: folder, detail }, { cause })
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch((error: unknown) => {
    throw refuse('there is no package.json in it', error)
  })
  if (!/"name":\s*"@tensorflow\/tfjs-node(-gpu)?"/.test(manifest)) {
    throw refuse('it is not the folder of @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu')
  }
  const lib = join(folder, 'lib')
  for (const version of await readdir(lib).catch((): string[] => [])) {
    const file = 'tfjs_binding.node'
    const found = await readdir(join(lib, version)).catch((): string[] => [])
    if (found.includes(file)) return { packageFolder: folder, addon: join(lib, version, file) }
  }
  throw refuse('its own install did not get its native part (lib/napi-v8/tfjs_binding.node)')
}
