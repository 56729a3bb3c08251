import { app, dialog } from 'electron'
import { languageOf } from '../../../shared/language'
import { menuTexts } from './menuTexts'

/** Says what the page no longer can, in the machine's language: the settings may be what failed. */
export function showBox(about: 'crashed' | 'pageGone' | 'startFailed', detail = ''): void {
  const texts = menuTexts[languageOf('system', app.getPreferredSystemLanguages())]
  dialog.showErrorBox(texts[about], texts[`${about}Detail`].replace('{detail}', detail))
}
