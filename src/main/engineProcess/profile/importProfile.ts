import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import { datasetNameSchema } from '../../../shared/samples/sampleQuery'
import { replayFile } from '../../data/replay/replayFile'
import { messageOf } from '../../engine/model/messageOf'
import { writeModel } from '../../engine/model/modelFolder'
import { countParameters } from '../../engine/network/describeNetwork'
import type { EngineHandlers } from '../protocol/serve'
import { importSamples } from '../handlers/importSamples'
import { sampleMembers } from './profileFormat'
import { readProfile, type ProfileContent } from './readProfile'

type Handler = EngineHandlers['importModel']
type Context = Parameters<Handler>[1]

/** Makes a model of a profile, and a data set of the samples that came with it; all of it, or nothing. */
export async function importProfile(input: Parameters<Handler>[0], context: Context): ReturnType<Handler> {
  const { file, outFolder } = input
  const content = await readProfile(file, context.signal).catch((error: unknown) => {
    context.signal.throwIfAborted()
    throw new AppError('model-not-importable', { file, detail: messageOf(error) }, { cause: error })
  })
  const card: ModelCard = {
    ...content.card,
    name: input.name ?? content.card.name,
    parameters: countParameters(content.card.spec),
    command: input.command,
    notes: [content.card.notes, `Imported from ${basename(file)}.`].join(' ').trim(),
  }
  context.signal.throwIfAborted()
  try {
    await writeReplay(outFolder, content.replay)
    await writeModel(outFolder, card, content.infos, content.parameters)
    const samples = content.samples && (await bringIn(content.samples, basename(outFolder), context))
    const { title, note } = content.about
    return { name: card.name, path: outFolder, parameters: card.parameters, title, note, samples }
  } catch (error) {
    await rm(outFolder, { recursive: true, force: true })
    throw error
  }
}

async function writeReplay(folder: string, replay: Uint8Array | null): Promise<void> {
  if (!replay) return
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, replayFile), replay, { flush: true })
  } catch (cause) {
    throw new AppError('file-unwritable', { file: folder, detail: messageOf(cause) }, { cause })
  }
}

/** Into a data set that is called as the model is; samples that are there already stay one. */
async function bringIn(
  { form, bytes }: NonNullable<ProfileContent['samples']>,
  model: string,
  { signal, emit }: Context,
): Promise<{ dataset: string; count: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-profile-'))
  try {
    const file = join(folder, sampleMembers[form])
    await writeFile(file, bytes)
    const dataset = datasetNameSchema.safeParse(model).data ?? 'profile'
    const result = await importSamples(
      {
        ...{ sources: [{ data: `${form}:${file}`, split: 'auto' }], dataset, labels: [] },
        ...{ duplicates: 'skip', invert: false, skipProblems: false },
      },
      { signal, emit: ({ done }) => emit({ done }) },
    )
    return { dataset, count: result.samples }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
