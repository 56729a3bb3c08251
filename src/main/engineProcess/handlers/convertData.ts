import { convertData as convert } from '../../data/write/convertData'
import type { EngineHandlers } from '../protocol/serve'

/** Samples between two events. */
const reportedEvery = 1024

/** Writes labelled data in another format. The bytes that come in are a stranger's, so that it is done in this process. */
export const convertData: EngineHandlers['convertData'] = (request, { signal, emit }) => {
  let reported = 0
  return convert(
    request,
    (progress) => {
      const isEnd = progress.done === progress.total
      if (!isEnd && progress.done >= reported && progress.done < reported + reportedEvery) return
      reported = progress.done
      emit(progress)
    },
    signal,
  )
}
