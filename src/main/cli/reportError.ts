import { toAppError } from '../../shared/contract/clientError'
import type { Language } from '../../shared/contract/settings'
import { describeError } from '../../shared/errors/describeError'
import { InterruptedTrainingError } from './resumeCommand'
import { UsageError } from './usageError'

export const DONE = 0
export const FAILED = 1
export const WRONG_USAGE = 2

const goOnWith: Record<Language, string> = { en: 'Go on with:', 'zh-CN': '继续训练：' }

/** What a command line says of something thrown: one line, and the exit code. */
export function reportError(
  thrown: unknown,
  options: { language: Language; verbose: boolean },
): { line: string; exitCode: number } {
  const stack = options.verbose && thrown instanceof Error ? `\n${thrown.stack ?? ''}` : ''
  if (thrown instanceof UsageError) {
    return { line: `longhand: ${oneLine(thrown.message)}${stack}`, exitCode: WRONG_USAGE }
  }
  const interrupted = thrown instanceof InterruptedTrainingError ? thrown : null
  const error = toAppError(interrupted ? interrupted.cause : thrown)
  const { message, action } = describeError(error, options.language)
  const command = interrupted ? ` ${goOnWith[options.language]} ${interrupted.command}` : ''
  return {
    line: `longhand: ${oneLine(`${endSentence(message)} ${action}${command}`)}${stack}`,
    // What breaks the contract was typed on this command line.
    exitCode: error.code === 'bad-input' ? WRONG_USAGE : FAILED,
  }
}

/** The user's language by the usual variables, of which the first that is set counts. */
export function findLanguage(variables: NodeJS.ProcessEnv): Language {
  const locale = variables.LC_ALL || variables.LC_MESSAGES || variables.LANG || ''
  return /^zh\b|^zh_/i.test(locale) ? 'zh-CN' : 'en'
}

/** A message that ends in another program's words may lack its full stop. */
function endSentence(text: string): string {
  if (/[.!?。！？]$/.test(text)) return text
  return `${text}${/\p{Script=Han}/u.test(text) ? '。' : '.'}`
}

/** Control characters go too: file names and messages of other programs end up on a terminal here. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}
