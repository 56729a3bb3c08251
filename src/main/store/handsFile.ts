import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import type { Logger } from '../../shared/logger'
import { writeFileAtomically } from './atomicFile'

const handSchema = z.object({
  name: z.string(),
  created: z.iso.datetime(),
  samples: z.int(),
  /** The model that the mean is of, by name and time: another's numbers mean other things. */
  model: z.object({ name: z.string(), created: z.string() }),
  /** Mean of the samples' embeddings. Nothing that was written can be read from it. */
  mean: z.array(z.number()),
})
export type StoredHand = z.infer<typeof handSchema>

const fileSchema = z.object({ format: z.literal(1), hands: z.array(handSchema) })

/** The people whose hand is known, as a JSON file. One that cannot be understood is set aside as `.broken`. */
export class HandsFile {
  /** Updates wait for one another here: two at once must not lose either. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  read(): Promise<StoredHand[]> {
    return this.#inTurn(() => this.#load())
  }

  /** @param change answers who is known from now on; what it throws leaves the file as it is */
  update(change: (hands: readonly StoredHand[]) => readonly StoredHand[]): Promise<void> {
    return this.#inTurn(async () => {
      const hands = change(await this.#load())
      await writeFileAtomically(this.file, `${JSON.stringify({ format: 1, hands })}\n`)
    })
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #load(): Promise<StoredHand[]> {
    let text: string
    try {
      text = await readFile(this.file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn({ file: this.file, error }, 'the known hands cannot be read')
      }
      return []
    }
    try {
      return fileSchema.parse(JSON.parse(text)).hands
    } catch (error) {
      const broken = `${this.file}.broken`
      this.log.warn({ file: this.file, broken, error }, 'the file of known hands is broken; set aside')
      await rename(this.file, broken).catch(() => undefined)
      return []
    }
  }
}
