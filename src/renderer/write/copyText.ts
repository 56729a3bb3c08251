import type { App } from '../state/app'

/** Puts text into the clipboard. False where that was refused, which the user is told. */
export async function copyText(
  text: string,
  { texts, toasts }: Pick<App, 'texts' | 'toasts'>,
): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    toasts.show('copy', {
      tone: 'error',
      title: () => texts.t('toast.copyFailed'),
      detail: () => texts.t('toast.copyFailedDetail'),
    })
    return false
  }
}
