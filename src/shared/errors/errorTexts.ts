import type { ErrorCode } from './errorCodes'
import { apiTexts } from './texts/apiTexts'
import { dataTexts } from './texts/dataTexts'
import { fileTexts } from './texts/fileTexts'
import { generalTexts } from './texts/generalTexts'
import { modelTexts } from './texts/modelTexts'
import { pictureTexts } from './texts/pictureTexts'
import { sampleTexts } from './texts/sampleTexts'
import { storageTexts } from './texts/storageTexts'
import { tensorflowTexts } from './texts/tensorflowTexts'
import { trainingTexts } from './texts/trainingTexts'
import type { ErrorEntry } from './texts/errorText'

/**
 * Every error's severity and wording, in both languages: the one place to look them up. They are written by subject in
 * texts/; a code without a text does not compile.
 */
export const errorTexts: Readonly<Record<ErrorCode, ErrorEntry>> = {
  ...generalTexts,
  ...fileTexts,
  ...pictureTexts,
  ...apiTexts,
  ...dataTexts,
  ...sampleTexts,
  ...modelTexts,
  ...trainingTexts,
  ...tensorflowTexts,
  ...storageTexts,
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorTexts, value)
}
