import { createContext } from 'svelte'
import type { Client } from '../../shared/contract/client'
import { toAppError } from '../../shared/contract/clientError'
import { describeError } from '../../shared/errors/describeError'
import type { Texts } from '../locale/texts.svelte'
import type { Appearance } from './appearance.svelte'
import type { DesktopInbox } from './desktopInbox'
import type { Line } from './line.svelte'
import type { Route } from './route.svelte'
import type { SettingsState } from './settingsState.svelte'
import type { Toasts } from './toasts.svelte'

/** What every screen needs, made once when the app starts. */
export interface App {
  readonly client: Client
  readonly line: Line
  readonly desktop: DesktopInbox
  readonly route: Route
  readonly texts: Texts
  readonly settings: SettingsState
  readonly appearance: Appearance
  readonly toasts: Toasts
  /** Tells the user of an error, in words, and what to do about it. */
  readonly report: (thrown: unknown) => void
}

export const [getApp, setApp] = createContext<App>()

export function createReport(texts: Texts, toasts: Toasts): (thrown: unknown) => void {
  return (thrown) => {
    const error = toAppError(thrown)
    // A lost connection has a banner of its own, and what was cancelled needs no message.
    if (error.code === 'connection-lost' || error.code === 'cancelled') return
    const describe = () => describeError(error, texts.language)
    toasts.show(`error ${error.code}`, {
      tone: describe().severity === 'info' ? 'info' : 'error',
      title: () => describe().message,
      detail: () => describe().action,
    })
  }
}
