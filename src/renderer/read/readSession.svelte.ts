import type { Client } from '../../shared/contract/client'
import type { FieldKind } from '../../shared/recognition/line/lineReading'
import type { PageCharacter, PageLine } from '../../shared/recognition/page/pageReading'
import type { ReadDocument } from '../../shared/recognition/page/readDocument'

/** A picture that was read, as it has been put right so far. */
export interface ReadPicture extends ReadDocument {
  /** Straightened, as PNG. */
  readonly page: Uint8Array<ArrayBuffer>
}

/** Where a character stands: in which line of the picture on show, and which of it. */
export interface CharacterPlace {
  readonly line: number
  readonly at: number
}

/** Pictures on their way to text: read one after the other, and put right by hand. */
export class ReadSession {
  pictures = $state.raw<readonly ReadPicture[]>([])
  /** The picture on show. */
  shown = $state(0)
  place = $state.raw<CharacterPlace>({ line: 0, at: 0 })
  expects = $state<FieldKind>('free')
  /** How many are read of those that were opened; null while nothing is being read. */
  progress = $state.raw<{ done: number; total: number } | null>(null)
  readonly #client: Pick<Client, 'pages'>
  readonly #report: (thrown: unknown) => void
  #past: { readonly shown: number; readonly picture: ReadPicture; readonly place: CharacterPlace }[] =
    $state.raw([])
  #abort = new AbortController()

  constructor(client: Pick<Client, 'pages'>, report: (thrown: unknown) => void) {
    this.#client = client
    this.#report = report
  }

  get picture(): ReadPicture | null {
    return this.pictures[this.shown] ?? null
  }

  get current(): PageCharacter | null {
    return this.picture?.lines[this.place.line]?.characters[this.place.at] ?? null
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  /** Characters of the picture on show that a person should look at, in reading order. */
  get doubtful(): readonly CharacterPlace[] {
    return this.#places().filter(({ line, at }) => !this.picture?.lines[line]?.characters[at]?.sure)
  }

  /** Reads files one after the other; one that cannot be read is reported, and the others go on. */
  async open(files: readonly File[]): Promise<void> {
    if (this.progress !== null || files.length === 0) return
    this.#abort = new AbortController()
    const { signal } = this.#abort
    try {
      for (const [done, file] of files.entries()) {
        this.progress = { done, total: files.length }
        if (signal.aborted) break
        await this.#read(file, signal).catch((thrown: unknown) => {
          if (!signal.aborted) this.#report(thrown)
        })
      }
    } finally {
      this.progress = null
    }
  }

  cancel(): void {
    this.#abort.abort()
  }

  show(index: number): void {
    this.shown = Math.max(0, Math.min(this.pictures.length - 1, index))
    this.place = this.doubtful[0] ?? { line: 0, at: 0 }
  }

  /** Takes a picture away from the list; undo does not bring it back. */
  close(): void {
    const { shown } = this
    this.pictures = this.pictures.filter((_, at) => at !== shown)
    this.#past = []
    this.show(shown)
  }

  go(by: number): void {
    const places = this.#places()
    const { line, at } = this.place
    const index = places.findIndex((place) => place.line === line && place.at === at)
    const next = places[Math.max(0, Math.min(places.length - 1, index + by))]
    if (next) this.place = next
  }

  goLine(by: number): void {
    const line = this.place.line + by
    const characters = this.picture?.lines[line]?.characters
    if (characters) this.place = { line, at: Math.min(this.place.at, characters.length - 1) }
  }

  /** To the next doubtful character, or the one before. @returns whether there was one */
  goDoubtful(forward: boolean): boolean {
    const order = ({ line, at }: CharacterPlace): number => line * 1e6 + at
    const here = order(this.place)
    const ahead = this.doubtful.filter((place) => (forward ? order(place) > here : order(place) < here))
    const next = forward ? ahead[0] : ahead.at(-1)
    if (next) this.place = next
    return next !== undefined
  }

  /** Says that the character is what was read, and goes on to the next doubtful one. */
  confirm(): void {
    const { current } = this
    if (current) this.correct(current.label)
  }

  /** Says what the character is, and goes on: to the next doubtful one, else to the next. */
  correct(label: string): void {
    const certain = { label, probability: 1, sure: true }
    this.#change((character) => [{ ...character, ...certain }])
    if (!this.goDoubtful(true)) this.go(1)
  }

  /** Takes out what is no character. */
  remove(): void {
    this.#change(() => [])
    const { line, at } = this.place
    const length = this.picture?.lines[line]?.characters.length ?? 0
    this.place = { line, at: Math.max(0, Math.min(length - 1, at)) }
  }

  undo(): void {
    const before = this.#past.at(-1)
    if (!before) return
    this.#past = this.#past.slice(0, -1)
    this.pictures = this.pictures.map((picture, at) => (at === before.shown ? before.picture : picture))
    this.shown = before.shown
    this.place = before.place
  }

  async #read(file: File, signal: AbortSignal): Promise<void> {
    const picture = new Uint8Array(await file.arrayBuffer())
    const request = { picture, file: file.name, expects: this.expects }
    const { page, model, width, height, turned, lines } = await this.#client.pages.read(request, { signal })
    const bytes = new Uint8Array(page)
    this.pictures = [...this.pictures, { file: file.name, page: bytes, model, width, height, turned, lines }]
    this.show(this.pictures.length - 1)
  }

  #places(): CharacterPlace[] {
    return (this.picture?.lines ?? []).flatMap(({ characters }, line) =>
      characters.map((_, at) => ({ line, at })),
    )
  }

  #change(change: (character: PageCharacter) => PageCharacter[]): void {
    const { picture, place, shown } = this
    if (!picture || !this.current) return
    this.#past = [...this.#past, { shown, picture, place }].slice(-200)
    const lines = picture.lines.map((line, index) =>
      index === place.line ? changeLine(line, place.at, change) : line,
    )
    this.pictures = this.pictures.map((each, at) => (at === shown ? { ...picture, lines } : each))
  }
}

function changeLine(
  line: PageLine,
  at: number,
  change: (character: PageCharacter) => PageCharacter[],
): PageLine {
  const characters = line.characters.flatMap((each, index) => (index === at ? change(each) : [each]))
  const text = characters
    .map(({ label, spaceBefore }, index) => (spaceBefore && index > 0 ? ` ${label}` : label))
    .join('')
  return { ...line, characters, text }
}
