import { join } from 'node:path'
import { setStorePlace } from '../data/stored/storePlace'
import { storeFileIn } from '../store/storeFile'
import { auditSamples } from './handlers/auditSamples'
import { convertData } from './handlers/convertData'
import { checkTensorflow } from './handlers/checkTensorflow'
import { embedSamples } from './handlers/embedSamples'
import { evaluate } from './handlers/evaluate'
import { exportModel } from './handlers/exportModel'
import { importSamples } from './handlers/importSamples'
import { importModel } from './handlers/importModel'
import { mapSamples } from './handlers/mapSamples'
import { measure } from './handlers/measure'
import { pageHandlers } from './handlers/pages'
import { probeProvider, versions } from './handlers/probe'
import { previewImport } from './handlers/previewImport'
import { recognizeHandlers } from './handlers/recognize'
import { scoreSamples } from './handlers/scoreSamples'
import { tabulate } from './handlers/tabulate'
import { trainHandlers } from './handlers/train'
import { handHandlers } from './hand/handHandlers'
import { explain, lookInside } from './explain/explain'
import { shareProfile } from './profile/shareProfile'
import { compareModels } from './teaching/compareModels'
import { makeReplay } from './teaching/makeReplay'
import { teachHandlers } from './teaching/teachHandlers'
import { openProcessPort } from './protocol/processPort'
import { serve } from './protocol/serve'

setStorePlace(storeFileIn(process.argv[3] ?? ''))
const workerFile = join(import.meta.dirname, 'augmentWorker.js')

/** The engine process: the only kind of process that loads ONNX Runtime and decodes untrusted bytes. */
serve(openProcessPort(), {
  ...recognizeHandlers(),
  ...trainHandlers(workerFile),
  ...teachHandlers(workerFile),
  ...handHandlers,
  compareModels,
  makeReplay,
  convertData,
  evaluate,
  ...pageHandlers,
  importSamples,
  previewImport,
  scoreSamples,
  embedSamples,
  mapSamples,
  auditSamples,
  exportModel,
  importModel,
  shareProfile,
  explain,
  lookInside,
  tabulate,
  probeProvider,
  measureProvider: measure,
  checkTensorflow,
  versions,
})
