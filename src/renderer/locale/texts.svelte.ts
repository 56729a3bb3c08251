import { createInstance } from 'i18next'
import type { Language } from '../../shared/contract/settings'
import { en } from './en'
import { zhCN } from './zhCN'

type Stem<Key> = Key extends `${infer Start}_one` | `${infer Start}_other` ? Start : Key
/** A key of the texts; plural forms are chosen by `count`. */
export type TextKey = Stem<keyof typeof en>

/** The app's words in the language in use. Reading `t` in a component makes it follow a change of language. */
export class Texts {
  language = $state<Language>('en')
  readonly #i18n = createInstance()

  constructor(language: Language) {
    void this.#i18n.init({
      lng: language,
      fallbackLng: 'en',
      resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
      keySeparator: false,
      nsSeparator: false,
      initAsync: false,
      // Svelte escapes what it renders.
      interpolation: { escapeValue: false },
    })
    this.language = language
  }

  use(language: Language): void {
    if (language === this.language) return
    void this.#i18n.changeLanguage(language)
    this.language = language
  }

  t(key: TextKey, values: Record<string, string | number> = {}): string {
    return this.#i18n.t(key, { ...values, lng: this.language })
  }
}
