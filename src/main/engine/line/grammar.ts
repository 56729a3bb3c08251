/** What a line may be, label by label; a space is the label ' '. */
export interface Grammar {
  readonly start: string
  /** Null where the label cannot stand there. `cost` is a negative logarithm; `shown` is what is read for the label. */
  next(state: string, label: string): Step | null
  isEnd(state: string): boolean
  /** What only the whole text tells. */
  isPossible?(text: string): boolean
  /** Whether gaps mean something: where they do not, they are passed over. */
  readonly hasSpaces: boolean
}

export interface Step {
  readonly state: string
  readonly cost: number
  readonly shown?: string
}
