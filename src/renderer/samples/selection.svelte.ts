import type { SampleFilter, SampleSelection } from '../../shared/samples/sampleQuery'
import { idSet } from './idSet'

/** Which samples are chosen: some by their ids, or all of a result, however many. */
export class Selection {
  isAll = $state(false)
  #ids = $state.raw<ReadonlySet<number>>(idSet([]))

  has(id: number): boolean {
    return this.isAll || this.#ids.has(id)
  }

  /** @param total samples of the result */
  count(total: number): number {
    return this.isAll ? total : this.#ids.size
  }

  get isEmpty(): boolean {
    return !this.isAll && this.#ids.size === 0
  }

  clear(): void {
    this.isAll = false
    this.#ids = idSet([])
  }

  selectAll(): void {
    this.#ids = idSet([])
    this.isAll = true
  }

  set(ids: Iterable<number>): void {
    this.isAll = false
    this.#ids = idSet(ids)
  }

  add(ids: Iterable<number>): void {
    if (!this.isAll) this.#ids = idSet([...this.#ids, ...ids])
  }

  /** Of a whole result nothing can be taken out: that begins a choice of its own. */
  toggle(id: number): void {
    if (this.isAll || !this.#ids.has(id)) this.set(this.isAll ? [id] : [...this.#ids, id])
    else this.#ids = idSet([...this.#ids].filter((other) => other !== id))
  }

  /** For a change of what is chosen; null where nothing is. */
  asTarget(filter: SampleFilter): SampleSelection | null {
    if (this.isAll) return { filter }
    return this.#ids.size === 0 ? null : { ids: [...this.#ids] }
  }
}
