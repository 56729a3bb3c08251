import type { Logger } from '../../shared/logger'
import { storeFileIn } from '../store/storeFile'
import { OpenedStore } from './handlers/openedStore'
import { storeHandlers } from './handlers/storeHandlers'
import { openProcessPort } from './protocol/processPort'
import { serve } from './protocol/serve'

/** The store process: the only one that writes samples, but for an import's (see importStaging.ts). */
const [, , , dataFolder = ''] = process.argv
/** What is written on the standard output goes to the log of the process that started this one. */
const write = (details: object, message: string): void =>
  void process.stdout.write(`${message} ${JSON.stringify(details)}\n`)
const log: Logger = { debug: write, info: write, warn: write, error: write }

const opened = new OpenedStore(storeFileIn(dataFolder), log)
process.on('exit', () => opened.close())
serve(openProcessPort(), storeHandlers(opened, new Date().toISOString()))
