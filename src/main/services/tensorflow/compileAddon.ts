import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { libraryFiles, type Library } from './library'
import { runTool, ToolError } from './runTool'

/** The interface of Node that the package's last release was written for; every later Node and Electron has it. */
const NODE_API_VERSION = 8

export interface AddonOptions {
  /** Of the set-up; the addon goes into it, and finds a library that lies in it wherever the whole is moved to. */
  readonly folder: string
  readonly packageFolder: string
  readonly library: Library
  readonly signal: AbortSignal
}

/**
 * Compiles the package's addon against TensorFlow's libraries, as its own binding.gyp would, but without what node-gyp needs
 * for it: a Python, and Node's headers from the network.
 * @returns the addon's file
 * @throws AppError 'tensorflow-compiler', 'tensorflow-build'
 */
export async function compileAddon(options: AddonOptions): Promise<string> {
  const { folder, packageFolder, library, signal } = options
  const compiler = await findCompiler(signal)
  const addon = join(folder, 'addon', 'tfjs_binding.node')
  await mkdir(dirname(addon), { recursive: true })
  const isInside = !relative(folder, library.folder).startsWith('..')
  const runPath = (libraries: string): string =>
    `-Wl,-rpath,${isInside ? `$ORIGIN/${relative(dirname(addon), libraries)}` : libraries}`
  const cudaFolders = [...new Set(library.cudaFiles.map((file) => dirname(file)))]
  const args = [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w', `-DNAPI_VERSION=${NODE_API_VERSION}`],
    ...['-I', join(library.folder, 'include'), '-I', join(folder, 'node_modules/node-api-headers/include')],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageFolder, 'binding', name)),
    ...['-o', addon, '-L', library.folder, ...libraryFiles.map((name) => `-l:${name}`)],
    runPath(library.folder),
    // Loaded with the addon, they are there when TensorFlow opens them by name, wherever they lie.
    ...(cudaFolders.length > 0 ? ['-Wl,--no-as-needed'] : []),
    ...cudaFolders.flatMap((lib) => ['-L', lib, runPath(lib)]),
    ...library.cudaFiles.map((file) => `-l:${basename(file)}`),
  ]
  try {
    await runTool(compiler, args, { signal })
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    throw new AppError('tensorflow-build', { compiler, detail: error.message }, { cause: error })
  }
  return addon
}

async function findCompiler(signal: AbortSignal): Promise<string> {
  const named = process.env.CXX
  let detail = ''
  for (const compiler of named ? [named] : ['c++', 'g++', 'clang++']) {
    try {
      await runTool(compiler, ['--version'], { signal })
      return compiler
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      detail ||= error.message
    }
  }
  throw new AppError('tensorflow-compiler', { detail })
}
