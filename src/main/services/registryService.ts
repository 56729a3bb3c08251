import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelEntry, ModelRemark } from '../../shared/contract/registry'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import type { Comparison } from '../../shared/recognition/comparison'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { RegistryFile } from '../store/registryFile'
import type { Remarks } from './exchangeService'
import { inFreshEngine } from './freshEngine'
import { removeFolder } from './removeFolder'
import type { KnownModel, ModelService } from './modelService'

/** Comparing large models on much data takes minutes; this is for what hangs. */
const LIMIT_MS = 6 * 3600 * 1000

/** The models that there are: which one reads, what they are called, how they compare. */
export class RegistryService {
  /** @param onActivated told when another model reads from now on */
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
    private readonly registry: RegistryFile,
    private readonly log: Logger,
    private readonly onActivated: () => Promise<void>,
  ) {}

  /**
   * Those that read. A model whose card is broken is left out; whoever asks for it by name is told what is wrong with it.
   */
  async list(): Promise<ModelEntry[]> {
    const known = await this.models.list()
    const entries = await Promise.all(
      known.map((model) =>
        this.#reader(model).catch((error: unknown) => {
          this.log.warn({ model: model.folder, error }, 'a model is left out of the list')
          return null
        }),
      ),
    )
    return entries.filter((entry) => entry !== null)
  }

  /** @throws AppError 'model-unknown', 'model-broken', 'model-reads-words', 'model-reads-nothing' */
  async activate(reference: string): Promise<ModelEntry> {
    const model = await this.#known(reference)
    const { spec } = await this.models.card(model.name)
    if (spec.text) throw new AppError('model-reads-words', { model: model.name })
    if (spec.purpose === 'hand') throw new AppError('model-reads-nothing', { model: model.name })
    const active = model.name === this.models.defaultName ? null : model.name
    await this.registry.update((old) =>
      old.active === active ? old : { ...old, active, before: [old.active, ...old.before] },
    )
    await this.onActivated()
    return this.#entry({ ...model, active: true })
  }

  /**
   * Reads with the model that was active before, as long as there is one that was not deleted since.
   * @throws AppError 'nothing-to-roll-back'
   */
  async rollBack(): Promise<ModelEntry> {
    const names = new Set((await this.models.list()).map(({ name }) => name))
    await this.registry.update((old) => {
      const at = old.before.findIndex((name) => name === null || names.has(name))
      const active = old.before[at]
      if (active === undefined) throw new AppError('nothing-to-roll-back', {})
      return { ...old, active, before: old.before.slice(at + 1) }
    })
    await this.onActivated()
    const active = (await this.models.list()).find((model) => model.active)
    if (!active) throw new AppError('nothing-to-roll-back', {})
    return this.#entry(active)
  }

  /** @throws AppError 'model-unknown' */
  async remark(reference: string, { title, note }: ModelRemark): Promise<ModelEntry> {
    const model = await this.#known(reference)
    await this.registry.update((old) => {
      const known = old.remarks[model.name] ?? { title: '', note: '' }
      const remark = { title: title ?? known.title, note: note ?? known.note }
      return { ...old, remarks: { ...old.remarks, [model.name]: remark } }
    })
    return this.#entry(model)
  }

  /** What is said of the model in a folder, as it goes with it in a profile. */
  readonly remarks: Remarks = {
    of: async (folder) => {
      const model = (await this.models.list()).find((other) => other.folder === folder)
      const remark = model && (await this.registry.read()).remarks[model.name]
      return remark ?? { title: '', note: '' }
    },
    keep: async (folder, { title, note }) => {
      const model = (await this.models.list()).find((other) => other.folder === folder)
      if (model && (title !== '' || note !== '')) await this.remark(model.name, { title, note })
    },
  }

  /** @throws AppError 'model-unknown', 'model-in-use', 'file-unwritable' */
  async delete(reference: string): Promise<void> {
    const model = await this.#known(reference)
    if (model.shipped || model.active) throw new AppError('model-in-use', { model: model.name })
    await removeFolder(model.folder)
    await this.registry.update((old) => {
      const { [model.name]: _gone, ...remarks } = old.remarks
      return { ...old, before: old.before.filter((name) => name !== model.name), remarks }
    })
  }

  /**
   * Deletes every model that was taught here; the one that ships reads again.
   * @returns their names
   */
  async wipe(): Promise<string[]> {
    const own = (await this.list()).filter(({ shipped, taught }) => !shipped && taught !== null)
    const gone = new Set(own.map(({ name }) => name))
    await this.registry.update((old) => ({
      ...old,
      active: old.active !== null && gone.has(old.active) ? null : old.active,
      before: old.before.filter((name) => name === null || !gone.has(name)),
      remarks: Object.fromEntries(Object.entries(old.remarks).filter(([name]) => !gone.has(name))),
    }))
    await this.onActivated()
    for (const { folder } of own) await removeFolder(folder)
    return [...gone]
  }

  async compare(
    request: { before: string; after: string; data: string },
    signal?: AbortSignal,
  ): Promise<Comparison> {
    const beforeFolder = await this.models.resolve(request.before)
    const afterFolder = await this.models.resolve(request.after)
    const { data } = request
    return this.#work(
      (engine, limit) =>
        engine.request('compareModels', { beforeFolder, afterFolder, data }, { signal: limit }),
      signal,
    )
  }

  async makeReplay(
    request: { model: string; data: string },
    signal?: AbortSignal,
  ): Promise<{ training: number; check: number; bytes: number }> {
    const modelFolder = await this.models.resolve(request.model)
    const { data } = request
    return this.#work(
      (engine, limit) => engine.request('makeReplay', { modelFolder, data }, { signal: limit }),
      signal,
    )
  }

  #work<T>(
    task: (engine: EngineProcess, limit: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return inFreshEngine(this.createEngine, LIMIT_MS, task, signal)
  }

  /** @throws AppError 'model-unknown' also for a folder that lies elsewhere */
  async #known(reference: string): Promise<KnownModel> {
    const folder = await this.models.resolve(reference)
    const known = await this.models.list()
    const model = known.find((other) => other.folder === folder)
    if (model) return model
    throw new AppError('model-unknown', { name: reference, known: known.map(({ name }) => name).join(', ') })
  }

  /** Null for a model that reads nothing. */
  async #reader(model: KnownModel): Promise<ModelEntry | null> {
    const { spec } = await this.models.card(model.folder)
    return spec.purpose === undefined ? this.#entry(model) : null
  }

  async #entry({ name, folder, shipped, active }: KnownModel): Promise<ModelEntry> {
    const card = await this.models.card(folder)
    const remark = (await this.registry.read()).remarks[name]
    const replay = await stat(join(folder, 'replay.gz')).catch(() => null)
    return {
      ...{ name, folder, shipped, active },
      title: remark?.title || name,
      note: remark?.note ?? '',
      parent: card.parent,
      created: card.created,
      classes: card.spec.classes.length,
      parameters: card.parameters,
      reads: card.spec.text ? 'words' : 'characters',
      data: card.data,
      validation: card.validation,
      taught: card.taught ?? null,
      replay: replay?.isFile() ?? false,
    }
  }
}
