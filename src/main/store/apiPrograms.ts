import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { apiProgramSchema, type ApiProgram } from '../../shared/contract/apiAccess'
import type { Logger } from '../../shared/logger'
import { writeFileAtomically } from './atomicFile'

const programFileSchema = apiProgramSchema.pick({ name: true, createdMs: true })
const useFileSchema = apiProgramSchema.pick({ lastUsedMs: true })

/** The last use is kept no finer than this, so that reading does not write. */
const USE_STEP_MS = 60_000
const TOKEN = /^longhand_[\w-]{43}$/

/**
 * The programs that have a token: a file for each, named after the token's SHA-256, which tells nothing of 32 random bytes. What
 * lies there is valid, whoever put it there or took it away: a token that another process revokes is refused at once, and no two
 * processes can undo each other's changes.
 */
export class ApiPrograms {
  readonly #lastUses = new Map<string, number>()

  constructor(
    private readonly folder: string,
    private readonly log: Logger,
  ) {}

  /** The oldest first. */
  async list(): Promise<ApiProgram[]> {
    return (await this.#read()).map(({ program }) => program)
  }

  /** @returns the token, which cannot be had again; null where the name is taken */
  async add(name: string): Promise<{ program: ApiProgram; token: string } | null> {
    if (await this.#find(name)) return null
    const token = `longhand_${randomBytes(32).toString('base64url')}`
    const program = { name, createdMs: Date.now(), lastUsedMs: null }
    await writeFileAtomically(
      this.#file(digestOf(token)),
      JSON.stringify({ name, createdMs: program.createdMs }),
    )
    return { program, token }
  }

  /** @returns whether there was one of that name */
  async revoke(name: string): Promise<boolean> {
    const found = await this.#find(name)
    if (!found) return false
    await rm(this.#file(found.digest), { force: true })
    await rm(this.#useFile(found.digest), { force: true })
    return true
  }

  /** The name of the program that a token belongs to, whose last use this is; null for any other. */
  async admit(token: string): Promise<string | null> {
    if (!TOKEN.test(token)) return null
    const digest = digestOf(token)
    const found = await this.#readProgram(digest)
    if (!found) return null
    await this.#noteUse(digest)
    return found.name
  }

  async #noteUse(digest: string): Promise<void> {
    const now = Date.now()
    if (now - (this.#lastUses.get(digest) ?? 0) < USE_STEP_MS) return
    this.#lastUses.set(digest, now)
    await writeFileAtomically(this.#useFile(digest), JSON.stringify({ lastUsedMs: now })).catch(
      (error: unknown) => this.log.warn({ error }, 'the last use of a token cannot be kept'),
    )
  }

  async #find(name: string) {
    return (await this.#read()).find(({ program }) => program.name === name)
  }

  async #read(): Promise<{ digest: string; program: ApiProgram }[]> {
    const names = await readdir(this.folder).catch(() => [])
    const digests = names.flatMap((file) => /^([0-9a-f]{64})\.json$/.exec(file)?.[1] ?? [])
    const read = digests.map(async (digest) => {
      const program = await this.#readProgram(digest)
      return program ? [{ digest, program: { ...program, lastUsedMs: await this.#readUse(digest) } }] : []
    })
    return (await Promise.all(read)).flat().sort((a, b) => a.program.createdMs - b.program.createdMs)
  }

  async #readProgram(digest: string): Promise<z.infer<typeof programFileSchema> | null> {
    const text = await readFile(this.#file(digest), 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return programFileSchema.parse(JSON.parse(text))
    } catch (error) {
      this.log.warn({ error }, 'the file of a token is broken, and the token refused')
      return null
    }
  }

  async #readUse(digest: string): Promise<number | null> {
    try {
      return useFileSchema.parse(JSON.parse(await readFile(this.#useFile(digest), 'utf8'))).lastUsedMs
    } catch {
      return null
    }
  }

  #file(digest: string): string {
    return join(this.folder, `${digest}.json`)
  }

  #useFile(digest: string): string {
    return join(this.folder, `${digest}.use`)
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
