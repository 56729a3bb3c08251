import type { Client } from '../../shared/contract/client'
import { toAppError } from '../../shared/contract/clientError'
import type {
  TensorflowSetupEvent,
  TensorflowSource,
  TensorflowStatus,
} from '../../shared/contract/tensorflow'
import type { AppError } from '../../shared/errors/appError'

export type SetupStep = Extract<TensorflowSetupEvent, { event: 'step' }>['step']

/** What is being done: a step of setting TensorFlow up, with its share that is done where that is known, or its removal. */
export interface TensorflowWork {
  readonly step: SetupStep | 'start' | 'remove'
  /** 0 to 1. */
  readonly share: number | null
}

/** The second engine: whether it is set up, and the setting up and taking away of it. */
export class TensorflowState {
  status = $state.raw<TensorflowStatus | null>(null)
  work = $state.raw<TensorflowWork | null>(null)
  /** Why the last work failed. */
  error = $state.raw<AppError | null>(null)
  #stop: AbortController | null = null

  /** @param onChanged called when it was set up or taken away */
  constructor(
    private readonly client: Pick<Client, 'tensorflow'>,
    private readonly onChanged: () => Promise<void>,
  ) {}

  async load(): Promise<void> {
    try {
      this.status = await this.client.tensorflow.status()
    } catch (thrown) {
      this.error = toAppError(thrown)
    }
  }

  async setUp(source: TensorflowSource): Promise<void> {
    await this.#do('start', async (signal) => {
      for await (const event of await this.client.tensorflow.setup({ source }, { signal })) {
        if (event.event === 'step') this.work = { step: event.step, share: null }
        else if (event.event === 'progress' && this.work)
          this.work = { ...this.work, share: event.total > 0 ? event.done / event.total : null }
      }
    })
  }

  async remove(): Promise<void> {
    await this.#do('remove', async () => {
      await this.client.tensorflow.remove()
    })
  }

  /** Ends the setting up; nothing of it stays. */
  cancel(): void {
    this.#stop?.abort()
  }

  async #do(step: TensorflowWork['step'], work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.work) return
    this.#stop = new AbortController()
    const { signal } = this.#stop
    this.work = { step, share: null }
    this.error = null
    try {
      await work(signal)
      void this.onChanged()
    } catch (thrown) {
      if (!signal.aborted) this.error = toAppError(thrown)
    } finally {
      this.work = null
      this.#stop = null
    }
    await this.load()
  }
}
