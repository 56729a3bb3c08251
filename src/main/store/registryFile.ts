import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import type { Logger } from '../../shared/logger'
import { writeFileAtomically } from './atomicFile'

/** Of the models that were active before, these many are remembered. */
const remembered = 50

const registrySchema = z.object({
  format: z.literal(1),
  /** The model that reads; null for the one that ships. */
  active: z.string().nullable(),
  /** Those before it, the last one first; null as above. */
  before: z.array(z.string().nullable()),
  /** What the user says of models, by name. */
  remarks: z.record(z.string(), z.object({ title: z.string(), note: z.string() })),
})
export type Registry = z.infer<typeof registrySchema>

const emptyRegistry: Registry = { format: 1, active: null, before: [], remarks: {} }

/**
 * Which model is active, which were before, and what the user calls them, as a JSON file. One that cannot be understood is set
 * aside as `.broken`: the models themselves are in their folders.
 */
export class RegistryFile {
  /** Reads and updates wait for one another here: two updates at once must not lose either. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  read(): Promise<Registry> {
    return this.#inTurn(() => this.#load())
  }

  /** @param change answers what is to be kept; what it throws leaves the file as it is */
  update(change: (registry: Registry) => Registry): Promise<Registry> {
    return this.#inTurn(async () => {
      const changed = change(await this.#load())
      const kept = { ...changed, before: changed.before.slice(0, remembered) }
      await writeFileAtomically(this.file, `${JSON.stringify(kept, null, 2)}\n`)
      return kept
    })
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #load(): Promise<Registry> {
    let text: string
    try {
      text = await readFile(this.file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn({ file: this.file, error }, 'the registry of models cannot be read')
      }
      return emptyRegistry
    }
    try {
      return registrySchema.parse(JSON.parse(text))
    } catch (error) {
      const broken = `${this.file}.broken`
      this.log.warn({ file: this.file, broken, error }, 'the registry of models is broken; set aside')
      await rename(this.file, broken).catch(() => undefined)
      return emptyRegistry
    }
  }
}
