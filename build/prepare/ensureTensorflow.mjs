import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.mjs'
import { runNode } from '../runProgram.mjs'

/** Ten times what it takes where nothing has to be downloaded, and not so long that anybody would think that it hangs. */
const limitMs = 100_000

/** Kept with the packages, because it is as large as they are and can be had again like them. */
const dataFolder = join(repositoryRoot, 'node_modules/.cache/longhand')

/**
 * Sets TensorFlow up for the tests that compare the engines, as a user would, where npm, pip and a C++ compiler are there.
 * One that is named by LONGHAND_TENSORFLOW is taken as it is. Needs a build. Failing is no error: those tests are skipped, and
 * say so.
 *
 * @returns {Promise<string | null>} why there is none; null where there is
 */
export async function ensureTensorflow() {
  if (process.env.LONGHAND_TENSORFLOW) return null
  if (existsSync(join(dataFolder, 'tensorflow/setup.json'))) return null
  if (process.platform !== 'linux') return 'it can be set up by itself on Linux only'
  console.error('Setting TensorFlow up for the tests.')
  const { code, output } = await runNode(
    join(repositoryRoot, 'out/main/longhand.js'),
    ['setup', 'tensorflow'],
    {
      environment: { LONGHAND_DATA_FOLDER: dataFolder },
      limitMs,
    },
  )
  return code === 0 ? null : (output.trim().split('\n').at(-1) ?? 'it took too long')
}
