import type { Language } from '../../contract/settings'
import type { ErrorCode, ErrorData } from '../errorCodes'

export type Severity = 'info' | 'warning' | 'error'

/** `message` says what is wrong, `action` what to do about it; `{name}` stands for that field of the error's data. */
interface ErrorText {
  readonly message: string
  readonly action: string
}
export type ErrorEntry = { readonly severity: Severity } & Readonly<Record<Language, ErrorText>>
type ErrorTable = Partial<Record<ErrorCode, ErrorEntry>>

/** The names in braces of a text, so that the compiler refuses one that the error's data does not have. */
type PlaceholderOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never
type TextsOf<Entry> = Entry extends ErrorEntry ? Entry[Language][keyof ErrorText] : never
type Checked<Table> = {
  [Code in keyof Table]: Code extends ErrorCode
    ? PlaceholderOf<TextsOf<Table[Code]>> extends keyof ErrorData[Code]
      ? Table[Code]
      : never
    : never
}

/** The texts of one subject. It does not compile with a code or a placeholder that there is not. */
export function checkedTexts<const Table extends ErrorTable>(
  table: Table & Checked<Table>,
): { readonly [Code in keyof Table]: ErrorEntry } {
  return table
}
