import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { isMissing } from './fileErrors'

/**
 * What has been read on the way to one file of results, so that a reading that was interrupted goes on where it stopped. It lies
 * in a folder beside that file, an entry for each picture, found by the picture (its path, size and time) and how it is read.
 */
export class ReadingsSoFar {
  private constructor(
    private readonly folder: string,
    private readonly how: string,
    private readonly userFolder: string,
  ) {}

  /** @param how whatever changes what is read */
  static async open(out: string, how: object, userFolder: string): Promise<ReadingsSoFar> {
    const folder = `${out}.reading`
    await mkdir(folder, { recursive: true })
    return new ReadingsSoFar(folder, JSON.stringify(how), userFolder)
  }

  /** Null where the picture has not been read, or has changed since. */
  async find<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
    try {
      const text = await readFile(`${await this.#placeOf(file)}.json`, 'utf8')
      return schema.parse(JSON.parse(text))
    } catch {
      return null
    }
  }

  /** The straightened page of a picture that has been read. */
  async page(file: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await readFile(`${await this.#placeOf(file)}.png`))
  }

  /** The page, where it is wanted again, first: with its document there, it is whole. */
  async keep(document: { readonly file: string }, page?: Uint8Array): Promise<void> {
    const place = await this.#placeOf(document.file)
    if (page) await writeFile(`${place}.png`, page)
    await writeFile(`${place}.json`, JSON.stringify(document))
  }

  async forget(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  async #placeOf(file: string): Promise<string> {
    const found = await stat(resolve(this.userFolder, file)).catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
    const key = [file, found?.size, found?.mtimeMs, this.how].join('\n')
    return join(this.folder, createHash('sha256').update(key).digest('hex').slice(0, 32))
  }
}
