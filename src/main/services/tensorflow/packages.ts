import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { AppError } from '../../../shared/errors/appError'
import { runTool, ToolError } from './runTool'

interface PinnedPackage {
  readonly name: string
  readonly version: string
  /** Of the tarball, SHA-512 in Base64, as package-lock.json has it. */
  readonly integrity: string
  /** Where a file of the package goes in node_modules; null leaves it out. */
  readonly place: (path: string) => string | null
}

/** The package's kernels and the source of its addon; the rest of it reads files and draws charts. */
const nodePackage = (name: string, integrity: string): PinnedPackage => ({
  name,
  version: '4.22.0',
  integrity,
  place: (path) =>
    /^(package\.json|LICENSE|binding\/.*|dist\/(?!.*_test\.js$).*\.js)$/.test(path)
      ? `${name}/${path}`
      : null,
})
const processorPackage = nodePackage(
  '@tensorflow/tfjs-node',
  'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
)
const cardPackage = nodePackage(
  '@tensorflow/tfjs-node-gpu',
  'p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
)
const sharedPackages: readonly PinnedPackage[] = [
  {
    name: '@tensorflow/tfjs',
    version: '4.22.0',
    integrity: '0TrIrXs6/b7FLhLVNmfh8Sah6JgjBPH4mZ8JGb7NU6WW+cx00qK5BcAZxw7NCzxj6N8MRAIfHq+oNbPUNG5VAg==',
    // All of it in one file, which needs no other package.
    place: (path) => (path === 'dist/tf.min.js' ? '@tensorflow/tfjs/index.js' : null),
  },
  {
    name: 'google-protobuf',
    version: '3.21.4',
    integrity: 'MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
    place: (path) => (path === 'google-protobuf.js' ? 'google-protobuf/index.js' : null),
  },
  {
    // The addon speaks to Node by its stable interface, so that one build runs in Node and in Electron.
    name: 'node-api-headers',
    version: '1.9.0',
    integrity: '2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
    place: (path) => (path.startsWith('include/') ? `node-api-headers/${path}` : null),
  },
]

/**
 * Fetches the npm packages that stand between Longhand and TensorFlow, by npm, so that the user's own registry and proxy count.
 * @param folder gets a `node_modules`; the tarballs stay in `downloads`
 * @returns the folder of @tensorflow/tfjs-node, or of its twin for graphics cards, in it
 * @throws AppError 'tensorflow-npm', also where a package is not the one that is asked for
 */
export async function installPackages(
  folder: string,
  downloads: string,
  { gpu, signal }: { gpu: boolean; signal: AbortSignal },
): Promise<string> {
  const main = gpu ? cardPackage : processorPackage
  const packages = [main, ...sharedPackages]
  const asked = packages.map(({ name, version }) => `${name}@${version}`)
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    await runTool(npm, ['pack', '--silent', ...asked], { signal, folder: downloads })
  } catch (error) {
    if (error instanceof ToolError)
      throw new AppError('tensorflow-npm', { detail: error.message }, { cause: error })
    throw error
  }
  const modules = join(folder, 'node_modules')
  for (const one of packages) {
    const tarball = join(downloads, `${one.name.replace('@', '').replace('/', '-')}-${one.version}.tgz`)
    await checkIntegrity(tarball, one)
    await unpack(tarball, modules, one.place, signal)
  }
  // Some of the kernels ask for a part of the library by its own name.
  const alias = join(modules, '@tensorflow/tfjs-core/index.js')
  await mkdir(dirname(alias), { recursive: true })
  await writeFile(alias, "module.exports = require('../tfjs')\n")
  return join(modules, main.name)
}

async function checkIntegrity(tarball: string, { name, version, integrity }: PinnedPackage): Promise<void> {
  const found = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')
  if (found !== integrity) {
    throw new AppError('tensorflow-npm', { detail: `${name} ${version} is not the one that was published` })
  }
}

async function unpack(
  tarball: string,
  modules: string,
  place: PinnedPackage['place'],
  signal: AbortSignal,
): Promise<void> {
  const entries = extract()
  // The loop below is told of a failure by the destroyed stream itself.
  pipeline(createReadStream(tarball), createGunzip(), entries, () => undefined)
  for await (const entry of entries) {
    signal.throwIfAborted()
    // All members of a package lie in one folder, which npm's clients leave out. What is left was checked by its hash.
    const target = entry.header.type === 'file' ? place(entry.header.name.replace(/^[^/]+\//, '')) : null
    if (target === null) {
      entry.resume()
      continue
    }
    const file = join(modules, target)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await buffer(entry))
  }
}
