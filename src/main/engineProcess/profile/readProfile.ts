import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import type { ModelCard } from '../../../shared/model/modelCard'
import { modelCardSchema } from '../../../shared/model/modelCard'
import { decodeReplay } from '../../data/replay/replayFile'
import { sizeOf } from '../../engine/graph/shape'
import { decodeSafetensors } from '../../engine/model/safetensors'
import { describeParameters } from '../../engine/network/describeNetwork'
import type { ParameterInfo } from '../../engine/network/parameter'
import {
  profileMembers,
  profileSchema,
  sampleMembers,
  type Profile,
  type ProfileMember,
} from './profileFormat'

/** A name that may be shown on a terminal. */
const printable = /^\P{Cc}{1,64}$/u

/** A profile, taken apart, each part checked. */
export interface ProfileContent {
  readonly about: Profile
  readonly card: ModelCard
  readonly infos: readonly ParameterInfo[]
  readonly parameters: Map<string, Float32Array>
  readonly replay: Uint8Array | null
  readonly samples: { readonly form: keyof typeof sampleMembers; readonly bytes: Uint8Array } | null
}

/**
 * Reads a `.longhand` file. It may be anybody's: it holds nothing but known parts, none larger than allowed, and no name in
 * it becomes a path.
 * @throws Error that says what is wrong with it
 */
export async function readProfile(file: string, signal: AbortSignal): Promise<ProfileContent> {
  const parts = await readMembers(file, signal)
  const take = (name: ProfileMember): Uint8Array => {
    const bytes = parts.get(name)
    if (!bytes) throw new Error(`it lacks ${name}`)
    return bytes
  }
  const about = profileSchema.safeParse(readJson('profile.json', take('profile.json')))
  if (!about.success) throw new Error('it is no profile that this Longhand can read')
  const card = modelCardSchema.safeParse(readJson('card.json', take('card.json')))
  if (!card.success) {
    const [issue] = card.error.issues
    throw new Error(`card.json: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'it does not fit'}`)
  }
  if (!printable.test(card.data.name)) throw new Error('its name cannot be shown')
  const infos = describeParameters(card.data.spec)
  const parameters = readParameters(infos, take('weights.safetensors'))
  const replay = parts.get('replay.gz') ?? null
  if (replay) await checkReplay(replay, card.data)
  const form = (['ink', 'parquet'] as const).find((each) => parts.has(sampleMembers[each]))
  const samples = form ? { form, bytes: take(sampleMembers[form]) } : null
  return { about: about.data, card: card.data, infos, parameters, replay, samples }
}

async function readMembers(file: string, signal: AbortSignal): Promise<Map<ProfileMember, Uint8Array>> {
  const parts = new Map<ProfileMember, Uint8Array>()
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false })
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize } = entry
      signal.throwIfAborted()
      if (!isMember(fileName)) throw new Error(`it holds ${fileName.slice(0, 80)}, which no profile has`)
      if (parts.has(fileName)) throw new Error(`it holds ${fileName} twice`)
      const limit = profileMembers[fileName]
      if (uncompressedSize > limit) {
        throw new Error(`its ${fileName} takes ${uncompressedSize} bytes, and ${limit} are the limit`)
      }
      // yauzl stops a member that holds more than it declared.
      parts.set(fileName, await buffer(await zip.openReadStreamPromise(entry)))
    }
  } finally {
    zip.close()
  }
  return parts
}

function isMember(name: string): name is ProfileMember {
  return Object.hasOwn(profileMembers, name)
}

function readJson(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (error) {
    throw new Error(`${name} is not JSON`, { cause: error })
  }
}

/** Those that the spec asks for, and no others. */
function readParameters(infos: readonly ParameterInfo[], bytes: Uint8Array): Map<string, Float32Array> {
  const tensors = new Map(decodeSafetensors(bytes).map((tensor) => [tensor.name, tensor]))
  if (tensors.size !== infos.length) {
    throw new Error(`it has ${tensors.size} parameters, and its spec asks for ${infos.length}`)
  }
  return new Map(
    infos.map(({ name, shape }) => {
      const tensor = tensors.get(name)
      if (tensor?.shape.join() !== shape.join() || tensor.data.length !== sizeOf(shape)) {
        throw new Error(
          `its parameter ${name} is not of the shape [${shape.join(', ')}] that its spec asks for`,
        )
      }
      if (!tensor.data.every(Number.isFinite)) {
        throw new Error(`its parameter ${name} has values that are no numbers`)
      }
      return [name, tensor.data]
    }),
  )
}

async function checkReplay(bytes: Uint8Array, { spec }: ModelCard): Promise<void> {
  const { width, height } = await decodeReplay(bytes)
  if (width !== spec.input.width || height !== spec.input.height) {
    throw new Error('its replay.gz is of another model')
  }
}
