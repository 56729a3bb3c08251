import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * A Python that has the given module: the one that was asked for, else LONGHAND_PYTHON, else what is on PATH.
 * @param install what its pip is to install
 * @throws Error where there is none, with how to get one
 */
export async function findPython(
  asked: string | undefined,
  module: string,
  install: string,
): Promise<string> {
  const named = asked ?? process.env.LONGHAND_PYTHON
  for (const python of named === undefined ? ['python3', 'python'] : [named]) {
    const found = await run(python, ['-c', `import ${module}`]).then(
      () => true,
      () => false,
    )
    if (found) return python
  }
  throw new Error(
    `${named ?? 'No Python on PATH'} ${named === undefined ? 'has' : 'lacks'} ${module}. One way to get it: ` +
      `"python3 -m venv .bench-python", then ".bench-python/bin/pip install ${install}", ` +
      'then add "--python .bench-python/bin/python", or set LONGHAND_PYTHON to it.',
  )
}
