/** The one place where ONNX Runtime is imported. Only engine processes load it: its run() blocks the calling thread. */
export * as ort from 'onnxruntime-node'
