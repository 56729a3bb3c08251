import type { Ink } from '../../shared/ink/ink'
import type { Prediction } from '../../shared/recognition/prediction'

/** What was read; `ink` is null for a picture. */
type Reader<Source, Answer> = (source: Source) => Promise<Answer>

/**
 * The reading of what is on the pad, latest wins: never more than one request is under way, of those that wait only the
 * newest is asked, and an answer to something that is no longer there is dropped.
 */
export class Reading<Source = Ink, Answer = Prediction> {
  prediction = $state.raw<Answer | null>(null)
  /** True while the shown answer is not yet the one to the newest source. */
  isBehind = $state(false)
  readonly #read: Reader<Source, Answer>
  readonly #onAnswer: (source: Source) => void
  readonly #onError: (thrown: unknown) => void
  #waiting: { source: Source } | null = null
  #isRunning = false
  /** Counts up with each `forget` and `replace`: answers from before are stale. */
  #generation = 0

  /** `onAnswer` is called when the answer to the newest source is there, not to one that was overtaken. */
  constructor(
    read: Reader<Source, Answer>,
    onAnswer: (source: Source) => void,
    onError: (thrown: unknown) => void,
  ) {
    this.#read = read
    this.#onAnswer = onAnswer
    this.#onError = onError
  }

  /** Asks for a reading of `source`, which continues what was read before: answers under way may still show. */
  offer(source: Source): void {
    this.#waiting = { source }
    this.isBehind = true
    void this.#run()
  }

  /** Asks for a reading of `source`, which is another thing than before: answers under way are dropped. */
  replace(source: Source): void {
    this.#generation++
    this.offer(source)
  }

  /** There is nothing to read any more. */
  forget(): void {
    this.#generation++
    this.#waiting = null
    this.prediction = null
    this.isBehind = false
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    for (let next = this.#takeWaiting(); next; next = this.#takeWaiting()) {
      const generation = this.#generation
      try {
        const prediction = await this.#read(next.source)
        if (generation === this.#generation) this.#show(prediction, next.source)
      } catch (thrown) {
        if (generation === this.#generation) this.#fail(thrown)
      }
    }
    this.#isRunning = false
  }

  #takeWaiting(): { source: Source } | null {
    const waiting = this.#waiting
    this.#waiting = null
    return waiting
  }

  #show(prediction: Answer, source: Source): void {
    this.prediction = prediction
    if (this.#waiting) return
    this.isBehind = false
    this.#onAnswer(source)
  }

  #fail(thrown: unknown): void {
    if (this.#waiting) return
    this.prediction = null
    this.isBehind = false
    this.#onError(thrown)
  }
}
