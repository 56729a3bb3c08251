import { mkdirSync, watch } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { defaultSettings, settingsSchema, type Settings } from '../../shared/contract/settings'
import type { Logger } from '../../shared/logger'
import { writeFileAtomically } from './atomicFile'

/** The settings as a JSON file. One that cannot be understood is set aside as `.broken`, and the defaults take its place. */
export class SettingsFile {
  /** Reads and updates wait for one another here: two updates at once must not lose either. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  read(): Promise<Settings> {
    return this.#inTurn(() => this.#load())
  }

  /** Changes the given fields, keeps the others, and answers all of them. */
  update(changes: { [Field in keyof Settings]?: Settings[Field] | undefined }): Promise<Settings> {
    return this.#inTurn(async () => {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      const settings = settingsSchema.parse({ ...(await this.#load()), ...given })
      await writeFileAtomically(this.file, `${JSON.stringify(settings, null, 2)}\n`)
      return settings
    })
  }

  /**
   * Calls the listener whenever a process has written the file, until what it gives is called. It keeps no process alive. The folder
   * is what is watched: the file is replaced by each change.
   */
  watch(listener: () => void): () => void {
    const folder = dirname(this.file)
    try {
      mkdirSync(folder, { recursive: true })
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === basename(this.file)) listener()
      })
      watcher.on('error', (error) => this.log.warn({ folder, error }, 'the settings are no longer watched'))
      return () => watcher.close()
    } catch (error) {
      this.log.warn({ folder, error }, 'the settings cannot be watched')
      return () => undefined
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #load(): Promise<Settings> {
    let text: string
    try {
      text = await readFile(this.file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn({ file: this.file, error }, 'the settings cannot be read; the defaults are used')
      }
      return { ...defaultSettings }
    }
    try {
      // An older file lacks what came later, and says nothing against the rest.
      return settingsSchema.parse({ ...defaultSettings, ...settingsSchema.partial().parse(JSON.parse(text)) })
    } catch (error) {
      const broken = `${this.file}.broken`
      this.log.warn(
        { file: this.file, broken, error },
        'the settings are broken; set aside, the defaults are used',
      )
      await rename(this.file, broken).catch(() => undefined)
      return { ...defaultSettings }
    }
  }
}
