import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { downloadWheels } from './downloadWheels'
import { unpackWheel } from './unpackWheel'

/** TensorFlow's own part: its libraries, and the headers that the addon is compiled with. */
export interface Library {
  /** `tensorflow` of a Python environment, or what was unpacked of it. */
  readonly folder: string
  /** NVIDIA's libraries in the environment, which have to be loaded before TensorFlow looks for them. */
  readonly cudaFiles: readonly string[]
}

export interface LibraryOptions {
  readonly gpu: boolean
  readonly signal: AbortSignal
  readonly onStep: (step: 'download' | 'unpack') => void
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
}

export const libraryFiles = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const
/** The addon speaks to TensorFlow in C; the other headers are ten thousand files. */
const headers = /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|xla\/tsl\/c|tsl\/platform)\//
const cudaLibrary = /^nvidia\/[^/]+\/lib\/lib[^/]+\.so[^/]*$/

/**
 * Unpacks TensorFlow from a wheel, or downloads one first.
 * @param wheel null downloads one, by pip
 * @throws AppError 'tensorflow-source', 'tensorflow-python', 'tensorflow-download', 'disk-full'
 */
export async function unpackLibrary(
  folder: string,
  downloads: string,
  wheel: string | null,
  options: LibraryOptions,
): Promise<Library> {
  const { gpu, signal, onStep, onProgress } = options
  const download = (specifications: readonly string[]): Promise<string[]> => {
    onStep('download')
    return downloadWheels(downloads, specifications, signal)
  }
  const [file] =
    wheel === null ? await download([`${gpu ? 'tensorflow' : 'tensorflow-cpu'}>=2.21,<3`]) : [wheel]
  if (file === undefined)
    throw new AppError('tensorflow-download', { what: 'TensorFlow', detail: 'no wheel came' })
  onStep('unpack')
  const isNeeded = (path: string): boolean =>
    headers.test(path) || libraryFiles.some((name) => path === `tensorflow/${name}`)
  const metadata = await unpackWheel(file, folder, { wants: isNeeded, signal, onProgress })
  if (gpu) {
    const wheels = await download(cudaRequirements(metadata, file))
    onStep('unpack')
    for (const one of wheels) {
      await unpackWheel(one, folder, { wants: (path) => cudaLibrary.test(path), signal, onProgress })
    }
  }
  return requireLibrary(join(folder, 'tensorflow'), file)
}

/**
 * Finds TensorFlow in a Python environment.
 * @param environment its folder, or its `site-packages`
 * @throws AppError 'tensorflow-source'
 */
export async function findLibrary(environment: string): Promise<Library> {
  const lib = join(environment, 'lib')
  const versions = (await readdir(lib).catch((): string[] => [])).filter((name) => name.startsWith('python3'))
  const places = [environment, ...versions.map((version) => join(lib, version, 'site-packages'))]
  for (const place of places) {
    const folder = join(place, 'tensorflow')
    if (await isThere(folder)) return requireLibrary(folder, environment)
  }
  throw new AppError('tensorflow-source', { path: environment, detail: 'there is no `tensorflow` in it' })
}

async function requireLibrary(folder: string, source: string): Promise<Library> {
  for (const name of [...libraryFiles, 'include/tensorflow/c/c_api.h']) {
    if (!(await isThere(join(folder, name)))) {
      throw new AppError('tensorflow-source', { path: source, detail: `it holds no ${name}` })
    }
  }
  return { folder, cudaFiles: await findCuda(join(dirname(folder), 'nvidia')) }
}

/** What TensorFlow opens by name when it looks for a card. The rest is opened by these themselves. */
const opened = /^lib(cudart|cublas|cublasLt|cufft|cusolver|cusparse|cudnn|nccl|cupti|nvJitLink)\.so\.\d+$/

async function findCuda(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => [])
  const files = names.map(async (name) => {
    const lib = join(folder, name, 'lib')
    const libraries = await readdir(lib).catch((): string[] => [])
    return libraries.filter((library) => opened.test(library)).map((library) => join(lib, library))
  })
  return (await Promise.all(files)).flat()
}

/** The wheels with NVIDIA's libraries that this TensorFlow was built for. */
function cudaRequirements(metadata: string, wheel: string): string[] {
  const requirements = metadata.split('\n').flatMap((line) => {
    const [, requirement] = /^Requires-Dist: (nvidia-[^;]+?)\s*;.*extra == ["']and-cuda["']/.exec(line) ?? []
    // The compiler among them is for kernels that TensorFlow.js never asks for.
    return requirement === undefined || requirement.includes('-nvcc-') ? [] : [requirement]
  })
  if (requirements.length > 0) return requirements
  throw new AppError('tensorflow-source', { path: wheel, detail: 'it was built without CUDA' })
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
