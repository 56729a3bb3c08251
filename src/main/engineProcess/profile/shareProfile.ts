import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ZipFile } from 'yazl'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import { encodeReplay, readReplay } from '../../data/replay/replayFile'
import { convertData } from '../../data/write/convertData'
import { placeFiles } from '../../data/write/placeFiles'
import { messageOf } from '../../engine/model/messageOf'
import { readCard, readWeights } from '../../engine/model/modelFolder'
import { encodeSafetensors } from '../../engine/model/safetensors'
import { describeParameters } from '../../engine/network/describeNetwork'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'
import { profileFormat, sampleMembers, type Profile, type ProfileMember } from './profileFormat'

type Report = (event: EngineContract['shareProfile']['event']) => void

/** Writes a model, and samples where they are asked for, as one file that another Longhand makes a model of again. */
export const shareProfile: EngineHandlers['shareProfile'] = async (input, { signal, emit }) => {
  const { modelFolder, file, title, note, data, force } = input
  const card = await readCard(modelFolder)
  const work = await mkdtemp(join(tmpdir(), 'longhand-profile-'))
  try {
    const samples = data === null ? null : await writeSamples(work, data, emit, signal)
    const about = { longhandProfile: profileFormat, title, note, samples: samples?.count ?? 0 } as const
    const zip = new ZipFile()
    for (const [name, bytes] of await membersOf(modelFolder, card, about)) {
      zip.addBuffer(Buffer.from(bytes), name)
    }
    if (samples) zip.addFile(samples.file, samples.member, { compress: false })
    zip.end()
    signal.throwIfAborted()
    await placeFiles([{ file, bytes: zip.outputStream as AsyncIterable<Buffer> }], force)
    return { file, bytes: (await stat(file)).size, samples: about.samples }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function membersOf(
  folder: string,
  card: ModelCard,
  about: Profile,
): Promise<Map<ProfileMember, Uint8Array>> {
  const json = (content: unknown): Uint8Array => Buffer.from(`${JSON.stringify(content, null, 2)}\n`)
  const weights = await readWeights(folder)
  const tensors = describeParameters(card.spec).map(({ name, shape }) => {
    const data = weights.get(name)
    if (!data) throw new AppError('model-broken', { folder, detail: `the parameter ${name} is missing` })
    return { name, shape, data }
  })
  const replay = await readReplay(folder).catch((cause: unknown) => {
    throw new AppError('model-broken', { folder, detail: messageOf(cause) }, { cause })
  })
  const members = new Map<ProfileMember, Uint8Array>([
    ['profile.json', json(about)],
    ['card.json', json(withoutPaths(card))],
    ['weights.safetensors', encodeSafetensors(tensors)],
  ])
  if (replay) {
    members.set('replay.gz', await encodeReplay({ ...replay, data: replay.data.map(withoutPath) }))
  }
  return members
}

/** Where things lie on this machine is nobody else's matter: what a file is called stays, its folder and the command go. */
function withoutPaths({ exports: _exports, ...card }: ModelCard): ModelCard {
  const { replay } = card.recipe
  return {
    ...card,
    recipe: { ...card.recipe, replay: replay && { ...replay, data: withoutPath(replay.data) } },
    data: card.data.map((each) => ({ ...each, name: withoutPath(each.name) })),
    measured: card.measured.map((each) => ({ ...each, data: withoutPath(each.data) })),
    command: '',
  }
}

/** `ink:/home/me/mine.jsonl` becomes `ink:mine.jsonl`; a data set's name has no path. */
function withoutPath(reference: string): string {
  const [, kind = '', place = ''] = /^(\w+:)?(.*)$/s.exec(reference) ?? []
  return (
    kind +
    place
      .split(',')
      .map((part) => basename(part.replaceAll('\\', '/')))
      .join(',')
  )
}

/** As ink where all of it is ink, so that nothing is lost; else as pictures. */
async function writeSamples(
  folder: string,
  data: string,
  report: Report,
  signal: AbortSignal,
): Promise<{ file: string; member: ProfileMember; count: number }> {
  const write = async (format: keyof typeof sampleMembers): ReturnType<typeof writeSamples> => {
    const member = sampleMembers[format]
    const file = join(folder, member)
    const request = { data, file, format, only: null, force: true }
    const { samples } = await convertData(request, ({ done, total }) => report({ done, total }), signal)
    return { file, member, count: samples }
  }
  try {
    return await write('ink')
  } catch (error) {
    if (error instanceof AppError && error.code === 'data-not-ink') return write('parquet')
    throw error
  }
}
