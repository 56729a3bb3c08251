import type { Client } from '../../shared/contract/client'
import type { Dataset } from '../../shared/contract/datasets'
import type { Edit, EditResult } from '../../shared/contract/sampleEdits'
import type { SampleFacets } from '../../shared/contract/samples'
import type { SampleCell } from '../../shared/samples/sampleBlock'
import { sampleQuerySchema, type SampleQuery, type SampleSelection } from '../../shared/samples/sampleQuery'
import { moveTarget, type GridMove } from './gridCommand'
import { SamplePages } from './grid/samplePages'
import { Selection } from './selection.svelte'

export type SamplesClient = Pick<Client, 'samples' | 'datasets' | 'history' | 'views'>

/** What the session itself asks for. */
export interface SessionClient {
  readonly samples: Pick<
    Client['samples'],
    'page' | 'locate' | 'ids' | 'facets' | 'get' | 'relabel' | 'mark' | 'remove'
  >
  readonly datasets: Pick<Client['datasets'], 'list'>
  readonly history: Pick<Client['history'], 'undo' | 'redo' | 'list'>
}

/** What the session tells the user; the words are the screen's. */
export interface SampleNotices {
  edited(edit: Edit): void
  undone(edit: Edit | null): void
  redone(edit: Edit | null): void
  failed(thrown: unknown): void
}

/** One sitting at the Samples screen: a query's result, the place in it, what is chosen of it, and the changes to it. */
export class SamplesSession {
  query = $state.raw<SampleQuery>(sampleQuerySchema.parse({}))
  /** Samples of the result; null until it is known. */
  total = $state<number | null>(null)
  /** Counts up with every page that comes. */
  arrivals = $state(0)
  /** Counts up with every change of the samples. */
  changes = $state(0)
  /** The cell that the keys act on. */
  active = $state(0)
  facets = $state.raw<SampleFacets | null>(null)
  datasets = $state.raw<readonly Dataset[] | null>(null)
  canUndo = $state(false)
  canRedo = $state(false)
  /** Whether labelling or keeping a sample goes on to the next. */
  isAdvancing = $state(true)
  readonly selection = new Selection()
  readonly pages: SamplePages
  readonly #client: SessionClient
  readonly #notices: SampleNotices
  /** Where a range was begun. */
  #anchor = 0
  /** Changes are made one after the other, in the order in which they were asked for. */
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  /** The sample to be at once the changes are done; the active one where it is null. */
  #keptPlace: number | null = null
  /** Ends when the place at which a query is opened is known; null where it is. */
  #opening: Promise<void> | null = null

  constructor(client: SessionClient, notices: SampleNotices) {
    this.#client = client
    this.#notices = notices
    this.pages = new SamplePages({
      load: (offset, count) => client.samples.page({ query: this.query, offset, count }),
      onArrival: () => {
        this.total = this.pages.total
        this.active = Math.max(0, Math.min(this.active, (this.total ?? 1) - 1))
        this.arrivals++
      },
      onError: (thrown) => notices.failed(thrown),
    })
  }

  /** Labels of the samples that the other filters leave. */
  get labels(): readonly string[] {
    return this.facets?.labels.map(({ value }) => value) ?? []
  }

  get activeId(): number | null {
    // Nothing is held before the first page came; reading the count follows those that come.
    return this.arrivals === 0 ? null : (this.pages.cell(this.active)?.id ?? null)
  }

  /** Shows another query's result, from its start or from the given sample. */
  async open(query: SampleQuery, id: number | null): Promise<void> {
    this.query = query
    this.selection.clear()
    this.active = 0
    this.#anchor = 0
    this.pages.reset()
    const opening = id === null ? null : this.#goTo(id)
    this.#opening = opening
    await opening
    if (this.#opening === opening) this.#opening = null
    await this.#loadCounts()
  }

  /** Asks anew for everything that is shown. */
  async refresh(): Promise<void> {
    this.pages.refresh()
    this.changes++
    await this.#loadCounts()
  }

  move(move: GridMove, extend: boolean, columns: number, rowsOfPage: number): void {
    const target = moveTarget(this.active, move, this.total ?? 1, columns, rowsOfPage)
    if (extend) void this.extendTo(target)
    else this.goTo(target)
  }

  goTo(index: number): void {
    this.active = index
    this.#anchor = index
  }

  /** Chooses everything between where the range was begun and `index`. */
  async extendTo(index: number): Promise<void> {
    this.active = index
    const first = Math.min(this.#anchor, index)
    const end = Math.max(this.#anchor, index) + 1
    try {
      const ids = this.#heldIds(first, end)
      this.selection.set(ids ?? (await this.#askIds(first, end - first)))
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  toggle(index: number): void {
    const id = this.pages.cell(index)?.id
    this.goTo(index)
    if (id !== undefined) this.selection.toggle(id)
  }

  relabel(label: string): void {
    this.#change((selection) => this.#client.samples.relabel({ selection, label }), true)
  }

  /** The label is right as it is. */
  keep(): void {
    this.#change((selection) => this.#client.samples.mark({ selection, reviewed: true }), true)
  }

  flag(): void {
    this.#change(async (selection, held) => {
      const [id] = 'ids' in selection ? selection.ids : []
      const { flagged } =
        held ?? (id === undefined ? { flagged: false } : await this.#client.samples.get({ id }))
      return this.#client.samples.mark({ selection, flagged: !flagged })
    }, false)
  }

  remove(): void {
    this.#change(async (selection) => {
      const result = await this.#client.samples.remove({ selection })
      this.selection.clear()
      return result
    }, false)
  }

  /** Any other change of the samples, in its turn. */
  run(change: () => Promise<EditResult>): void {
    this.#queue(async () => {
      const { edit } = await change()
      if (edit) this.#notices.edited(edit)
    })
  }

  undo(): void {
    this.#queue(async () => {
      const { edit, ids } = await this.#client.history.undo()
      this.#notices.undone(edit)
      this.#keptPlace = ids[0] ?? null
    })
  }

  redo(): void {
    this.#queue(async () => {
      const { edit, ids } = await this.#client.history.redo()
      this.#notices.redone(edit)
      this.#keptPlace = ids[0] ?? null
    })
  }

  /** @param change gets what it is made to, and the active cell, where that is known by then */
  #change(
    change: (selection: SampleSelection, held: SampleCell | null) => Promise<EditResult>,
    advances: boolean,
  ): void {
    const { query, active } = this
    if (this.#opening) {
      // The key means the sample at which the query opens.
      void this.#opening.then(() => {
        if (query === this.query) this.#change(change, advances)
      })
      return
    }
    const chosen = this.selection.asTarget(query.filter)
    const held = this.pages.cell(active)
    const total = this.pages.total ?? Infinity
    if (!chosen && active >= total) return
    // Asked for at once, where its page is still to come: later the place may be another's.
    const target = chosen ?? (held ? { ids: [held.id] } : this.#findAt(query, active))
    // At once, so that the next key, which may come before the answer, means the next sample.
    if (advances && !chosen && this.isAdvancing) this.goTo(Math.min(active + 1, total - 1))
    this.#queue(async () => {
      const selection = await target
      const { edit } = selection ? await change(selection, held) : { edit: null }
      if (edit) this.#notices.edited(edit)
    })
  }

  #queue(task: () => Promise<void>): void {
    this.#waiting++
    this.#last = this.#last.then(async () => {
      try {
        await task()
      } catch (thrown) {
        this.#notices.failed(thrown)
      }
      this.#waiting--
      if (this.#waiting === 0) await this.#settle()
    })
  }

  /** After changes, the result may be another: the place in it stays with its sample. */
  async #settle(): Promise<void> {
    const id = this.#keptPlace ?? this.activeId
    this.#keptPlace = null
    if (id !== null) await this.#goTo(id)
    await this.refresh()
  }

  async #goTo(id: number): Promise<void> {
    try {
      const query = this.query
      const { offsets } = await this.#client.samples.locate({ query, ids: [id] })
      const [offset] = offsets
      if (query === this.query && offset !== null && offset !== undefined) this.goTo(offset)
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  async #loadCounts(): Promise<void> {
    const { query } = this
    try {
      const [datasets, facets, history] = await Promise.all([
        this.#client.datasets.list(),
        this.#client.samples.facets({ filter: query.filter }),
        this.#client.history.list({ count: 1 }),
      ])
      if (query !== this.query) return
      this.datasets = datasets
      this.facets = facets
      this.canUndo = history.canUndo
      this.canRedo = history.canRedo
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  #heldIds(first: number, end: number): number[] | null {
    const ids: number[] = []
    for (let index = first; index < end; index++) {
      const id = this.pages.cell(index)?.id
      if (id === undefined) return null
      ids.push(id)
    }
    return ids
  }

  /** The sample at a place of a query's result; null where there is none, or where it cannot be told. */
  async #findAt(query: SampleQuery, offset: number): Promise<SampleSelection | null> {
    try {
      const { ids } = await this.#client.samples.ids({ query, offset, count: 1 })
      return ids.length === 0 ? null : { ids }
    } catch (thrown) {
      this.#notices.failed(thrown)
      return null
    }
  }

  async #askIds(offset: number, count: number): Promise<number[]> {
    return (await this.#client.samples.ids({ query: this.query, offset, count })).ids
  }
}
