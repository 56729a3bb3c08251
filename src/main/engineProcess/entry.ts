import { join } from 'node:path'
import { evaluate } from './handlers/evaluate'
import { probeProvider, versions } from './handlers/probe'
import { recognizeHandlers } from './handlers/recognize'
import { trainHandler } from './handlers/train'
import { openProcessPort } from './protocol/processPort'
import { serve } from './protocol/serve'

/** The engine process: the only kind of process that loads ONNX Runtime and decodes untrusted bytes. */
serve(openProcessPort(), {
  ...recognizeHandlers(),
  train: trainHandler(join(import.meta.dirname, 'augmentWorker.js')),
  evaluate,
  probeProvider,
  versions,
})
