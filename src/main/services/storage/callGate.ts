import { AppError } from '../../../shared/errors/appError'

/** What may be asked for while the data folder is dealt with: it writes nothing there, or is that very work. */
const ALWAYS = /^(recognition\.|storage\.|desktop\.events$|settings\.get$|system\.diagnostics$)/

/** Keeps calls out while the data folder must stay as it is. */
export class CallGate {
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  close(): void {
    this.#isClosed = true
  }

  open(): void {
    this.#isClosed = false
  }

  /** @throws AppError 'data-folder-busy' */
  pass(method: string): void {
    if (this.#isClosed && !ALWAYS.test(method)) throw new AppError('data-folder-busy', {})
  }
}
