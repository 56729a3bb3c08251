import type { Client } from '../../shared/contract/client'
import type { DoctorReport } from '../../shared/contract/system'

/** What this machine can do, as the services find out by trying it for some seconds. */
export class Machine {
  report = $state.raw<DoctorReport | null>(null)
  isChecking = $state(false)
  /** What was found before something changed is not what is waited for. */
  #turn = 0

  constructor(
    private readonly client: Pick<Client, 'system'>,
    private readonly onError: (thrown: unknown) => void,
  ) {}

  /** Looks for the first time. */
  async checkOnce(): Promise<void> {
    if (!this.report && !this.isChecking) await this.check()
  }

  async check(): Promise<void> {
    const turn = ++this.#turn
    this.isChecking = true
    try {
      const report = await this.client.system.doctor()
      if (turn === this.#turn) this.report = report
    } catch (thrown) {
      if (turn === this.#turn) this.onError(thrown)
    } finally {
      if (turn === this.#turn) this.isChecking = false
    }
  }
}
