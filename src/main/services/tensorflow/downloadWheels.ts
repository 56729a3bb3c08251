import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { requireSpace } from '../diskSpace'
import { runTool, ToolError } from './runTool'

/** The largest wheel alone; what it unpacks to is looked at when it is there. */
const NEEDED_BYTES = 1.5e9
/** One that every TensorFlow of the range has wheels for; only the libraries in them are wanted, whatever Python they are for. */
const ANY_PYTHON = '3.12'

/**
 * Downloads Python wheels, without what they depend on.
 * @param specifications as pip takes them, `tensorflow-cpu>=2.21`
 * @returns the files
 * @throws AppError 'tensorflow-python' where there is no pip, 'tensorflow-download', 'disk-full'
 */
export async function downloadWheels(
  folder: string,
  specifications: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const python = await findPython(signal)
  await requireSpace(folder, NEEDED_BYTES)
  const before = new Set(await readdir(folder))
  const download = (...more: string[]): Promise<string> =>
    runTool(
      python,
      [
        ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-input', '--quiet'],
        ...['--disable-pip-version-check', '--dest', folder, ...more, ...specifications],
      ],
      { signal },
    )
  try {
    await download().catch((error: unknown) => {
      if (!(error instanceof ToolError)) throw error
      return download('--python-version', ANY_PYTHON)
    })
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    const what = specifications.join(', ')
    throw new AppError('tensorflow-download', { what, detail: error.message }, { cause: error })
  }
  const files = (await readdir(folder)).filter((name) => name.endsWith('.whl') && !before.has(name))
  return files.map((name) => join(folder, name))
}

async function findPython(signal: AbortSignal): Promise<string> {
  let detail = ''
  for (const python of ['python3', 'python']) {
    try {
      await runTool(python, ['-m', 'pip', '--version'], { signal })
      return python
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      detail ||= error.message
    }
  }
  throw new AppError('tensorflow-python', { detail })
}
