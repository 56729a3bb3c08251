import util from 'node:util'
import { expect, it } from 'vitest'
import { requireTensorflow } from './tensorflowFolder'

it('TensorFlow computes where Node has no longer what its package asks of it, as from Node 23 on and in Electron', async (context) => {
  for (const name of ['isNullOrUndefined', 'isArray']) Reflect.deleteProperty(util, name)
  const { tf } = await requireTensorflow(context)
  expect(tf.sum(tf.concat([tf.tensor([1, 2]), tf.tensor([3])])).dataSync()).toEqual(Float32Array.of(6))
})
