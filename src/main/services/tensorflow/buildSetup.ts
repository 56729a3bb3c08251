import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { TensorflowSetupEvent, TensorflowSource } from '../../../shared/contract/tensorflow'
import { AppError } from '../../../shared/errors/appError'
import type { TensorflowSetup } from '../../../shared/training/tensorflowSetup'
import { compileAddon } from './compileAddon'
import { findInstalledPackage } from './installedPackage'
import { findLibrary, unpackLibrary, type Library } from './library'
import { installPackages } from './packages'

type Emit = (event: TensorflowSetupEvent) => void

/** Between two reports of progress. */
const PROGRESS_MS = 200

/**
 * Puts everything that a training on TensorFlow loads into a folder, with a `setup.json` that says where.
 * @throws AppError 'tensorflow-...' by what is missing, 'disk-full'
 */
export async function buildSetup(
  folder: string,
  source: TensorflowSource,
  { emit, signal }: { emit: Emit; signal: AbortSignal },
): Promise<void> {
  const found =
    source.from === 'package'
      ? await findInstalledPackage(source.folder)
      : await buildPackage(folder, source, emit, signal)
  // What lies in the folder is written as seen from it: the whole is moved to its place when it has proved itself.
  const place = (path: string): string =>
    relative(folder, path).startsWith('..') ? path : relative(folder, path)
  const setup: TensorflowSetup = {
    format: 1,
    package: place(found.packageFolder),
    addon: place(found.addon),
    source: describeSource(source),
    installed: new Date().toISOString(),
  }
  await writeFile(join(folder, 'setup.json'), `${JSON.stringify(setup, null, 2)}\n`)
}

async function buildPackage(
  folder: string,
  source: Exclude<TensorflowSource, { from: 'package' }>,
  emit: Emit,
  signal: AbortSignal,
): Promise<{ packageFolder: string; addon: string }> {
  if (process.platform !== 'linux') {
    throw new AppError('tensorflow-platform', { platform: `${process.platform} ${process.arch}` })
  }
  const { gpu } = source
  const downloads = join(folder, 'downloads')
  await mkdir(downloads, { recursive: true })
  const onStep = (step: 'packages' | 'download' | 'unpack' | 'compile'): void => emit({ event: 'step', step })
  const options = { gpu, signal, onStep, onProgress: throttled(emit) }
  const unpack = (wheel: string | null): Promise<Library> =>
    unpackLibrary(join(folder, 'site'), downloads, wheel, options)
  // What was named may be wrong, so it is looked at first; what must be downloaded is by far the largest, so it comes last.
  const named =
    source.from === 'python'
      ? await findLibrary(source.folder)
      : source.from === 'wheel'
        ? await unpack(source.file)
        : null
  onStep('packages')
  const packageFolder = await installPackages(folder, downloads, { gpu, signal })
  const library = named ?? (await unpack(null))
  if (gpu && library.cudaFiles.length === 0) {
    throw new AppError('tensorflow-source', {
      path: library.folder,
      detail: "NVIDIA's libraries are not beside it",
    })
  }
  await rm(downloads, { recursive: true, force: true })
  onStep('compile')
  const addon = await compileAddon({ folder, packageFolder, library, signal })
  return { packageFolder, addon }
}

function describeSource(source: TensorflowSource): string {
  switch (source.from) {
    case 'download':
      return source.gpu ? 'a downloaded wheel with CUDA' : 'a downloaded wheel'
    case 'wheel':
      return basename(source.file)
    case 'python':
      return `the Python environment ${source.folder}`
    case 'package':
      return `the npm package in ${source.folder}`
  }
}

function throttled(emit: Emit): (done: number, total: number) => void {
  let last = 0
  return (done, total) => {
    const now = performance.now()
    if (now - last < PROGRESS_MS && done < total) return
    last = now
    emit({ event: 'progress', done, total })
  }
}
