import type { Prediction } from '../../shared/recognition/prediction'

/** So many candidates are shown at a time, each with a key of its own. */
export const candidatesOnPage = 5

/** Which of a reading's candidates are shown: a model of thousands of characters offers more than there are keys for. */
export class CandidatePage {
  readonly #shown: () => Prediction | null
  #turned = $state.raw<{ readonly of: Prediction; readonly first: number } | null>(null)

  constructor(shown: () => Prediction | null) {
    this.#shown = shown
  }

  get count(): number {
    return this.#shown()?.candidates.length ?? 0
  }

  /** The place of the first one that is shown. Another reading is shown from its best. */
  get first(): number {
    const turned = this.#turned
    return turned !== null && turned.of === this.#shown() ? turned.first : 0
  }

  get hasNext(): boolean {
    return this.first + candidatesOnPage < this.count
  }

  get hasPrevious(): boolean {
    return this.first > 0
  }

  next(): void {
    if (this.hasNext) this.#turn(this.first + candidatesOnPage)
  }

  previous(): void {
    if (this.hasPrevious) this.#turn(this.first - candidatesOnPage)
  }

  #turn(first: number): void {
    const of = this.#shown()
    if (of) this.#turned = { of, first }
  }
}
