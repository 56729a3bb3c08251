import type { ImportRequest } from '../../../shared/contract/sampleImport'
import { AppError } from '../../../shared/errors/appError'
import { emptyTally, incomingSamples } from '../../data/stored/incomingSamples'
import { inStore } from '../../data/stored/storedSource'
import { storePlace } from '../../data/stored/storePlace'
import { LockHeldError, takeLock } from '../../store/lockFile'
import { ImportStaging, readContents } from '../../store/importStaging'
import { importLockFile } from '../../store/purge'
import type { EnteringSample } from '../../store/sampleWriter'
import type { StoreContext } from '../../store/storeContext'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'

/** Samples of one transaction: others wait for it, some ten milliseconds. */
const atOnce = 256

type Report = (step: EngineContract['importSamples']['event']) => void
type Result = EngineContract['importSamples']['output']

/** Brings files into the store; all of them, or nothing. */
export const importSamples: EngineHandlers['importSamples'] = async (request, { signal, emit }) => {
  const release = await takeLock(importLockFile(storePlace())).catch((error: unknown) => {
    if (error instanceof LockHeldError) throw new AppError('import-busy', { pid: error.pid })
    throw error
  })
  try {
    return await inStore((context) => bringIn(context, request, emit, signal))
  } finally {
    await release()
  }
}

async function bringIn(
  context: StoreContext,
  request: ImportRequest,
  report: Report,
  signal: AbortSignal,
): Promise<Result> {
  const started = performance.now()
  const tally = emptyTally()
  const known = readContents(context, request.dataset)
  const staging = new ImportStaging(context, request.dataset)
  try {
    let done = 0
    let waiting: EnteringSample[] = []
    const insert = (): void => {
      staging.insert(waiting)
      done += waiting.length
      waiting = []
      report({ step: 'reading', done })
    }
    for await (const { entering } of incomingSamples(request, known, tally, request.skipProblems, signal)) {
      waiting.push(entering)
      if (waiting.length === atOnce) insert()
    }
    insert()
    signal.throwIfAborted()
    if (done === 0 && tally.duplicates === 0) {
      throw tally.problems[0] ?? new AppError('data-empty', { data: request.sources[0]?.data ?? '' })
    }
    report({ step: 'publishing', done })
    const { dataset, edit } = staging.publish(done, tally.about)
    return {
      dataset: { id: dataset, name: request.dataset },
      ...{ samples: done, duplicates: request.duplicates === 'skip' ? tally.duplicates : 0 },
      ...{ unwanted: tally.unwanted, problems: tally.problemCount, edit },
      seconds: (performance.now() - started) / 1000,
    }
  } catch (error) {
    await staging.abandon()
    throw error
  }
}
