import type { Language } from '../../shared/contract/settings'
import type { ImportPreview } from '../../shared/contract/sampleImport'
import { fromWireError } from '../../shared/errors/appError'
import { describeError } from '../../shared/errors/describeError'
import { isErrorCode } from '../../shared/errors/errorTexts'

/** What is wrong with a file, in words. */
export function describeProblem(
  { code, data }: ImportPreview['problems'][number],
  language: Language,
): string {
  return isErrorCode(code) ? describeError(fromWireError({ code, data }), language).message : code
}
