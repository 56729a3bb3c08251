import type { EngineRequest } from '../../shared/training/trainingEngine'
import type { Provider } from '../../shared/training/recipe'

/** Names of products, the same in every language. */
export const engineNames: Readonly<Record<Exclude<EngineRequest, 'auto'>, string>> = {
  onnx: 'ONNX Runtime',
  tensorflow: 'TensorFlow',
}
export const providerNames: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'CoreML',
}
