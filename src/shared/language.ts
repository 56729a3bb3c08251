import type { Language, Settings } from './contract/settings'

/** The language to use for a setting: 'system' takes the first of the machine's languages that the app speaks. */
export function languageOf(setting: Settings['language'], systemLanguages: readonly string[]): Language {
  if (setting !== 'system') return setting
  for (const tag of systemLanguages) {
    if (/^zh\b/i.test(tag)) return 'zh-CN'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'en'
}

/** Which way each language is written. */
export const directions: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', 'zh-CN': 'ltr' }
