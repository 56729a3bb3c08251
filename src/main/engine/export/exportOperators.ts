/**
 * The ONNX operators that an exported file may be made of. Each of them is known to be there, at opset 17, in
 * onnxruntime, onnxruntime-web (on WebAssembly, and on WebGPU without a node left to the CPU) and OpenVINO (by the table of its
 * ONNX frontend, src/frontends/onnx/docs/supported_ops.md). A file with any other is not one of ours.
 */
export const exportOperators: ReadonlySet<string> = new Set([
  // Elementwise
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Neg',
  'Relu',
  'Sigmoid',
  'Erf',
  'Exp',
  'Log',
  'Sqrt',
  'Cast',
  'Identity',
  // Reductions and products
  'ReduceSum',
  'ReduceMean',
  'ReduceMax',
  'Gemm',
  'MatMul',
  'Conv',
  'MaxPool',
  'AveragePool',
  // Places
  'Reshape',
  'Flatten',
  'Transpose',
  'Expand',
  'Concat',
  'Slice',
  'Pad',
])
