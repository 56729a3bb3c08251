export interface ToastContent {
  readonly tone: 'success' | 'info' | 'error'
  /** Texts are thunks, so that a toast on show follows a change of language. */
  readonly title: () => string
  readonly detail?: () => string
  readonly action?: { readonly label: () => string; readonly run: () => void }
}
export interface Toast extends ToastContent {
  readonly id: number
  /** A toast with the same key takes the place of the one before. */
  readonly key: string
}

const visibleMs = { success: 6000, info: 4000, error: 12_000 }

/** The short messages on top of the screen. */
export class Toasts {
  shown = $state.raw<readonly Toast[]>([])
  #nextId = 1

  show(key: string, content: ToastContent): void {
    const id = this.#nextId++
    this.shown = [...this.shown.filter((toast) => toast.key !== key), { ...content, id, key }].slice(-3)
    setTimeout(() => this.dismiss(id), visibleMs[content.tone])
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }
}
