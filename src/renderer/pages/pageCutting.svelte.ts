import type { Client } from '../../shared/contract/client'
import type { CutPage } from '../../shared/contract/pages'
import { adjustBox, mergeBoxes, splitBox, type LabelledBox } from './boxEdits'

/** A page on its way to samples: its boxes, put right by hand and labelled one after the other. */
export class PageCutting {
  page = $state.raw<CutPage | null>(null)
  boxes = $state.raw<readonly LabelledBox[]>([])
  selected = $state(0)
  isBusy = $state(false)
  readonly #client: Client
  #past: (readonly LabelledBox[])[] = $state.raw([])
  #abort = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  get current(): LabelledBox | null {
    return this.boxes[this.selected] ?? null
  }

  get labelled(): number {
    return this.boxes.filter(({ label }) => label !== null).length
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  /** Rejects with what `pages.cut` refuses; what was open stays then. */
  async open(picture: Uint8Array<ArrayBuffer>, file: string): Promise<void> {
    await this.#whileBusy(async (signal) => {
      const page = await this.#client.pages.cut({ picture, file }, { signal })
      this.page = page
      this.boxes = page.boxes
      this.#past = []
      this.selected = 0
    })
  }

  /** Keeps what was labelled as samples, as one change. @returns how many */
  async keep(): Promise<number> {
    const { page } = this
    const wanted = this.boxes.flatMap((box) => (box.label === null ? [] : [{ ...box, label: box.label }]))
    if (page === null || wanted.length === 0) return 0
    return this.#whileBusy(async (signal) => {
      const boxes = wanted.map(({ x, y, width, height }) => ({ x, y, width, height }))
      const found = await this.#client.pages.samples({ page: page.page, boxes }, { signal })
      const session = `page ${crypto.randomUUID()}`
      const samples = wanted.flatMap(({ label }, at) => {
        const raster = found[at]?.raster
        const source = 'page' as const
        return raster ? [{ label, raster, source, session, ink: null, predicted: null, model: '' }] : []
      })
      // The contract takes 2000 in one change.
      for (let from = 0; from < samples.length; from += 2000) {
        await this.#client.samples.addMany({ samples: samples.slice(from, from + 2000) }, { signal })
      }
      return samples.length
    })
  }

  cancel(): void {
    this.#abort.abort()
  }

  /** Labels boxes one after the other, from the selected one on, a character each. */
  type(text: string): void {
    const boxes = [...this.boxes]
    let at = this.selected
    for (const label of text.replace(/\s/g, '')) {
      const box = boxes[at]
      if (!box) break
      boxes[at++] = { ...box, label }
    }
    this.#change(boxes, Math.min(at, boxes.length - 1))
  }

  /** Gives the selected box a label of any length, or none, and goes on to the next. */
  name(label: string | null): void {
    this.#replace((box) => [{ ...box, label }])
    this.go(label === null ? 0 : 1)
  }

  go(by: number): void {
    this.selected = Math.max(0, Math.min(this.boxes.length - 1, this.selected + by))
  }

  remove(): void {
    this.#replace(() => [])
  }

  split(): void {
    this.#replace((box) => splitBox(box) ?? [box])
  }

  mergeWithNext(): void {
    const next = this.boxes[this.selected + 1]
    if (!next) return
    this.#change(
      this.boxes.flatMap((box, at) => {
        if (at === this.selected + 1) return []
        return at === this.selected ? [mergeBoxes(box, next)] : [box]
      }),
      this.selected,
    )
  }

  adjust(by: { x?: number; y?: number; width?: number; height?: number }): void {
    const { page } = this
    if (page) this.#replace((box) => [adjustBox(box, by, page)])
  }

  /** A new box behind the selected one, which it follows in the order of typing. */
  add(box: { x: number; y: number; width: number; height: number }): void {
    const { page } = this
    if (!page) return
    const added = adjustBox({ ...box, label: null, confidence: 1 }, {}, page)
    const at = Math.min(this.selected + 1, this.boxes.length)
    this.#change([...this.boxes.slice(0, at), added, ...this.boxes.slice(at)], at)
  }

  undo(): void {
    const before = this.#past.at(-1)
    if (!before) return
    this.#past = this.#past.slice(0, -1)
    this.boxes = before
    this.go(0)
  }

  #replace(change: (box: LabelledBox) => LabelledBox[]): void {
    if (!this.current) return
    this.#change(
      this.boxes.flatMap((box, at) => (at === this.selected ? change(box) : [box])),
      this.selected,
    )
  }

  #change(boxes: readonly LabelledBox[], selected: number): void {
    this.#past = [...this.#past, this.boxes].slice(-200)
    this.boxes = boxes
    this.selected = Math.max(0, Math.min(boxes.length - 1, selected))
  }

  async #whileBusy<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#abort = new AbortController()
    this.isBusy = true
    try {
      return await work(this.#abort.signal)
    } finally {
      this.isBusy = false
    }
  }
}
