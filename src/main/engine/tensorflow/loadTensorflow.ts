import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { tensorflowSetupSchema, type TensorflowSetup } from '../../../shared/training/tensorflowSetup'
import { messageOf } from '../model/messageOf'
import type { Tensorflow } from './tensorflow'

/** The addon of @tensorflow/tfjs-node, as far as it is used here. */
interface Addon {
  readonly TF_Version: string
  isUsingGpuDevice(): boolean
}
interface KernelBackend {
  readonly NodeJSKernelBackend: new (addon: Addon, packageName: string) => never
}

export interface LoadedTensorflow {
  readonly tf: Tensorflow
  readonly version: string
  readonly device: 'cpu' | 'gpu'
}

const loaded = new Map<string, LoadedTensorflow>()

/**
 * Loads TensorFlow from where it was set up. Nothing of it is in the program: neither its native libraries, of hundreds of
 * megabytes, nor the package that speaks to them. Only engine processes load it, and only when it was asked for.
 * @param folder of the set-up, with a `setup.json` in it
 * @throws AppError 'tensorflow-missing' where there is none, 'tensorflow-broken' where it does not load
 */
export async function loadTensorflow(folder: string): Promise<LoadedTensorflow> {
  const known = loaded.get(folder)
  if (known) return known
  const setup = await readSetup(folder)
  try {
    const found = await loadPackage(resolve(folder, setup.package), resolve(folder, setup.addon))
    loaded.set(folder, found)
    return found
  } catch (error) {
    throw new AppError('tensorflow-broken', { folder, detail: messageOf(error) }, { cause: error })
  }
}

async function readSetup(folder: string): Promise<TensorflowSetup> {
  const file = join(folder, 'setup.json')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new AppError('tensorflow-missing', {}, { cause: error })
  }
  try {
    return tensorflowSetupSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError('tensorflow-broken', { folder, detail: `${file} is damaged` }, { cause: error })
  }
}

/**
 * Loads the package's kernels and its addon, and leaves out what its own entry adds (files, callbacks, layers): that needs many
 * more packages.
 */
async function loadPackage(packageFolder: string, addonFile: string): Promise<LoadedTensorflow> {
  // Read by the library when it starts: only what concerns the user is printed, and of a card's memory only what is needed taken.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
  const load = createRequire(join(packageFolder, 'package.json'))
  restoreUtilities(load('node:util') as Record<string, unknown>)
  const tf = load('@tensorflow/tfjs') as Tensorflow
  load('./dist/register_all_kernels.js')
  const { NodeJSKernelBackend } = load('./dist/nodejs_kernel_backend.js') as KernelBackend
  const addon = load(addonFile) as Addon
  const { name } = load('./package.json') as { name: string }
  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(addon, name), 3)
  if (!(await tf.setBackend('tensorflow'))) throw new Error('its backend does not start')
  return { tf, version: addon.TF_Version, device: addon.isUsingGpuDevice() ? 'gpu' : 'cpu' }
}

/** Gives back what Node 23 took out of `util` and the package's last release still asks for. */
function restoreUtilities(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (value: unknown): boolean => value === null || value === undefined
  util.isArray ??= (value: unknown): boolean => Array.isArray(value)
}
