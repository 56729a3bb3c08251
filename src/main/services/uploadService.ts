import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { Upload, UploadPart } from '../../shared/contract/uploads'

/** More is better imported by its path than copied. */
const mostBytes = 4 * 2 ** 30

/**
 * Files that a page hands over, as a browser does not tell where they lie. They are kept in the system's folder for temporary
 * files until they were imported, or this ends.
 */
export class UploadService {
  readonly #kept = new Map<string, { folder: string; bytes: number }>()

  /** @throws AppError 'file-missing' for an upload that is not there any more, 'file-unwritable' */
  async add({ upload, path, bytes }: UploadPart): Promise<Upload> {
    const id = upload ?? (await this.#begin())
    const kept = this.#kept.get(id)
    if (!kept) throw new AppError('file-missing', { file: path })
    kept.bytes += bytes.length
    if (kept.bytes > mostBytes) {
      throw new AppError('file-unwritable', { file: path, detail: `more than ${mostBytes} bytes` })
    }
    const file = join(kept.folder, path)
    try {
      await mkdir(dirname(file), { recursive: true })
      await appendFile(file, bytes)
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause)
      throw new AppError('file-unwritable', { file: path, detail }, { cause })
    }
    return { upload: id, folder: kept.folder }
  }

  async drop(upload: string): Promise<void> {
    const kept = this.#kept.get(upload)
    this.#kept.delete(upload)
    if (kept) await rm(kept.folder, { recursive: true, force: true })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((upload) => this.drop(upload)))
  }

  async #begin(): Promise<string> {
    const id = randomUUID()
    this.#kept.set(id, { folder: await mkdtemp(join(tmpdir(), 'longhand-upload-')), bytes: 0 })
    return id
  }
}
