import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/appError'
import { syncFolder, writeBeside } from './durableFile'
import { messageOf } from './messageOf'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from './safetensors'

/** What every format begins with, the ones to come too. */
const anyFormatSchema = z.object({ format: z.int() })
const format = 1
const fileSchema = z.object({
  format: z.literal(format),
  /** Of the tensors' file, so that halves of two checkpoints are never taken for one. */
  tensors: z.object({ bytes: z.int(), sha256: z.string() }),
  content: z.unknown(),
})

interface Stored<Content> {
  readonly content: Content
  readonly tensors: readonly NamedTensor[]
}

/**
 * The checkpoints of a training, in `checkpoint/` of its model's folder: NUMBER.safetensors with NUMBER.json. The JSON comes
 * last, and a checkpoint without one does not exist. The one before the newest stays, so that whatever happens, whenever it
 * happens, and whichever file is damaged afterwards, one good checkpoint is left.
 */
export class CheckpointFolder<Content> {
  readonly #place: string
  /** The newest that is known to be good. */
  #good: number | null = null
  #next = 1

  /**
   * @param folder the model's
   * @param parse checks what `content` says; null where it does not fit
   */
  constructor(
    readonly folder: string,
    private readonly parse: (content: unknown) => Content | null,
  ) {
    this.#place = join(folder, 'checkpoint')
  }

  /**
   * Writes one more. The tensors are copied before this first waits.
   * @throws AppError 'file-unwritable'; then those that were there are still there
   */
  async write(content: Content, tensors: readonly NamedTensor[]): Promise<void> {
    const bytes = encodeSafetensors(tensors)
    const number = this.#next
    const document = { format, tensors: { bytes: bytes.length, sha256: digest(bytes) }, content }
    try {
      await mkdir(this.#place, { recursive: true })
      const placeTensors = await writeBeside(this.#file(number, 'safetensors'), bytes)
      await placeTensors()
      const placeDocument = await writeBeside(this.#file(number, 'json'), JSON.stringify(document))
      await placeDocument()
      await syncFolder(this.#place)
    } catch (error) {
      await this.#forgetOthers([this.#good])
      // A folder with nothing in it would look like a training that can be resumed.
      if (this.#good === null) await rmdir(this.#place).catch(() => undefined)
      throw new AppError('file-unwritable', { file: this.#place, detail: messageOf(error) }, { cause: error })
    }
    await this.#forgetOthers([this.#good, number])
    this.#good = number
    this.#next = number + 1
  }

  /**
   * The newest good one.
   * @param onDamaged told why a newer one was passed over
   * @throws AppError 'checkpoint-missing', 'checkpoint-newer', 'checkpoint-broken' where none is good
   */
  async read(onDamaged: (detail: string) => void): Promise<Stored<Content>> {
    const numbers = await this.#numbers()
    this.#next = (numbers[0] ?? 0) + 1
    const damages: string[] = []
    for (const number of numbers) {
      try {
        const stored = await this.#readOne(number)
        this.#good = number
        for (const damage of damages) onDamaged(damage)
        return stored
      } catch (error) {
        if (error instanceof AppError) throw error
        damages.push(messageOf(error))
      }
    }
    const { folder } = this
    const [detail] = damages
    if (detail === undefined) throw new AppError('checkpoint-missing', { folder })
    throw new AppError('checkpoint-broken', { folder, detail })
  }

  async remove(): Promise<void> {
    await rm(this.#place, { recursive: true, force: true })
  }

  async #readOne(number: number): Promise<Stored<Content>> {
    const document = parseJson(await readFile(this.#file(number, 'json'), 'utf8'))
    const any = anyFormatSchema.safeParse(document)
    if (any.success && any.data.format > format) {
      throw new AppError('checkpoint-newer', { folder: this.folder })
    }
    const file = fileSchema.safeParse(document)
    const parsed = file.success ? this.parse(file.data.content) : null
    if (!file.success || parsed === null) throw new Error(`${number}.json is cut or damaged`)
    const { tensors } = file.data
    const bytes = await readFile(this.#file(number, 'safetensors'))
    if (bytes.length < tensors.bytes) throw new Error(`${number}.safetensors is cut`)
    if (digest(bytes) !== tensors.sha256) {
      throw new Error(`${number}.safetensors is not what ${number}.json was written with`)
    }
    return { content: parsed, tensors: decodeSafetensors(bytes) }
  }

  /** Of those that have a JSON, the newest first. */
  async #numbers(): Promise<number[]> {
    const names = await readdir(this.#place).catch(() => [])
    return names
      .flatMap((name) => {
        const [, number] = /^(\d+)\.json$/.exec(name) ?? []
        return number === undefined ? [] : [Number(number)]
      })
      .sort((a, b) => b - a)
  }

  /** Takes away all but the given ones, and what a crash left half written. That it fails costs nothing but space. */
  async #forgetOthers(kept: readonly (number | null)[]): Promise<void> {
    const names = await readdir(this.#place).catch(() => [])
    const others = names.filter(
      (name) => !/^\d+\.(json|safetensors)$/.test(name) || !kept.includes(parseInt(name)),
    )
    for (const name of others) await rm(join(this.#place, name), { force: true }).catch(() => undefined)
  }

  #file(number: number, extension: 'json' | 'safetensors'): string {
    return join(this.#place, `${number}.${extension}`)
  }
}

/** Null, which no checkpoint is, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
