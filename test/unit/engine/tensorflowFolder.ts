import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TestContext } from 'vitest'
import { loadTensorflow, type LoadedTensorflow } from '../../../src/main/engine/tensorflow/loadTensorflow'

/** Where build/prepare/ensureTensorflow.mjs sets TensorFlow up for the tests, unless another place is named. */
export const tensorflowFolder = resolve(
  process.env.LONGHAND_TENSORFLOW ?? 'node_modules/.cache/longhand/tensorflow',
)

const tensorflowIsThere = existsSync(join(tensorflowFolder, 'setup.json'))

/** TensorFlow, or a skipped test that says how to get it. */
export async function requireTensorflow({ skip }: Pick<TestContext, 'skip'>): Promise<LoadedTensorflow> {
  if (!tensorflowIsThere) {
    skip(
      'no TensorFlow: npm test gets it where npm, pip and a C++ compiler are there; LONGHAND_TENSORFLOW names one',
    )
  }
  return loadTensorflow(tensorflowFolder)
}
