import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import { modelCardSchema, type ModelCard } from '../../shared/model/modelCard'
import { specNames } from '../../shared/model/specs'

/** What reads where nobody chose otherwise. */
const DEFAULT_MODEL = 'digits'

export interface KnownModel {
  name: string
  folder: string
  shipped: boolean
  active: boolean
}

/** The models that ship, those that were made here, and any folder that holds one. */
export class ModelService {
  readonly defaultName = DEFAULT_MODEL

  /** @param chosen the name of the model that the user made active; null where that is the one that ships */
  constructor(
    private readonly folders: { shipped: string; own: string },
    private readonly chosen: () => Promise<string | null>,
  ) {}

  /** In which models that are made here lie. */
  get ownFolder(): string {
    return this.folders.own
  }

  /** Where a model of that name is put. */
  folderOf(name: string): string {
    return join(this.folders.own, name)
  }

  async list(): Promise<KnownModel[]> {
    const shipped = await modelsIn(this.folders.shipped)
    const own = await modelsIn(this.folders.own)
    const models = [
      ...shipped.map((name) => ({ name, folder: join(this.folders.shipped, name), shipped: true })),
      // A model that ships cannot be hidden by one of the same name.
      ...own
        .filter((name) => !shipped.includes(name))
        .map((name) => ({ name, folder: join(this.folders.own, name), shipped: false })),
    ]
    const chosen = await this.chosen()
    // One that was taken away by hand gives way to the one that ships.
    const active = models.find(({ name }) => name === chosen)?.name ?? DEFAULT_MODEL
    return models.map((model) => ({ ...model, active: model.name === active }))
  }

  /**
   * The folder of a model that is given by name, or by its folder's path; of the active one where none is given.
   *
   * @throws AppError 'model-unknown', with the names that are known
   */
  async resolve(given?: string): Promise<string> {
    const known = await this.list()
    const reference = given ?? known.find((model) => model.active)?.name ?? DEFAULT_MODEL
    const named = known.find((model) => model.name === reference)
    if (named) return named.folder
    const folder = resolve(reference)
    const found = await stat(folder).catch(() => null)
    if (found?.isDirectory()) return folder
    throw new AppError('model-unknown', {
      name: reference,
      known: known.map((model) => model.name).join(', ') || '(none)',
    })
  }

  /**
   * A folder for a new model among the user's own, which nothing lies in yet: `name`, or `name-2` and so on, so that the model
   * can be asked for by what the folder is called.
   */
  async vacantFolder(name: string): Promise<string> {
    const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'model'
    const taken = new Set([
      ...(await readdir(this.folders.shipped).catch(() => [])),
      ...(await readdir(this.folders.own).catch(() => [])),
    ])
    let folderName = plain
    for (let number = 2; taken.has(folderName); number++) folderName = `${plain}-${number}`
    return join(this.folders.own, folderName)
  }

  /** @throws AppError 'model-unknown' or 'model-broken' */
  async card(reference: string): Promise<ModelCard> {
    const folder = await this.resolve(reference)
    const file = join(folder, 'card.json')
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException
      const detail = code === 'ENOENT' ? 'card.json is missing' : `card.json: ${message}`
      throw new AppError('model-broken', { folder, detail }, { cause: error })
    })
    let content: unknown
    try {
      content = JSON.parse(text)
    } catch (error) {
      throw new AppError('model-broken', { folder, detail: `card.json is not JSON` }, { cause: error })
    }
    const card = modelCardSchema.safeParse(content)
    if (card.success) return card.data
    throw new AppError('model-broken', { folder, detail: `card.json: ${firstIssue(card.error)}` })
  }

  specs(): string[] {
    return [...specNames]
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.join('.') || 'the card'}: ${issue.message}` : 'it does not fit'
}

/** Names of the folders that hold a card, sorted. A folder that is not there holds none. */
async function modelsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const card = await stat(join(folder, name, 'card.json')).catch(() => null)
        return card?.isFile() ? [name] : []
      }),
  )
  return names.flat().sort()
}

/** A model's name where only its folder is known. */
export function nameOfFolder(folder: string): string {
  return basename(resolve(folder))
}
