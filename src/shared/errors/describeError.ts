import type { Language } from '../contract/settings'
import type { WireError } from './appError'
import { errorTexts } from './errorTexts'
import type { Severity } from './texts/errorText'

export interface ErrorDescription {
  severity: Severity
  /** What is wrong. */
  message: string
  /** What to do about it. */
  action: string
}

/** Puts an error into the reader's words. It takes an AppError as well as its wire form, and never throws. */
export function describeError(error: Pick<WireError, 'code' | 'data'>, language: Language): ErrorDescription {
  const entry = errorTexts[error.code]
  const { message, action } = entry[language]
  return { severity: entry.severity, message: fill(message, error.data), action: fill(action, error.data) }
}

/** The replacement is a function, so that a `$&` in somebody's file name stays what it is. */
function fill(text: string, data: WireError['data']): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = data[name]
    return value === undefined ? placeholder : String(value)
  })
}
