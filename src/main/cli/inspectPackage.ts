import { existsSync } from 'node:fs'
import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** What a packaged app is like, as its files tell; nothing of it is run. */
export interface PackageState {
  readonly version: string
  readonly files: number
  /** Compiled files, which the system's loader must find beside the archive. */
  readonly native: readonly { readonly file: string; readonly found: boolean }[]
  /** Null where the program could not be looked into. */
  readonly fuses: Readonly<Record<string, boolean>> | null
  /** Where it looks for newer versions; null where it never does. */
  readonly updates: string | null
}

interface Entry {
  files?: Record<string, Entry> | undefined
  size?: number | undefined
  offset?: string | undefined
  unpacked?: boolean | undefined
}
const entrySchema: z.ZodType<Entry> = z.lazy(() =>
  z.object({
    files: z.record(z.string(), entrySchema).optional(),
    size: z.number().optional(),
    offset: z.string().optional(),
    unpacked: z.boolean().optional(),
  }),
)
const packageSchema = z.object({ version: z.string() })

/** Compiled files, by what systems call them; a library's version may follow. */
const compiled = /\.(node|so(\.[\d.]+)?|dylib|dll)$/

/** What stands before the fuses in Electron's program, and how they follow: a version, their number, a character for each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** In Electron's order (FuseV1Options of @electron/fuses). */
const fuseNames = [
  ...[
    'runAsNode',
    'cookieEncryption',
    'nodeOptions',
    'nodeCliInspect',
    'asarIntegrity',
    'onlyLoadAppFromAsar',
  ],
  ...['browserV8Snapshot', 'fileProtocolExtraPrivileges'],
]

/**
 * Looks at the folder of a packaged app: on macOS the `.app`, elsewhere the folder of its program.
 * @returns null where there is none
 */
export async function inspectPackage(folder: string): Promise<PackageState | null> {
  const resources = [join(folder, 'resources'), join(folder, 'Contents', 'Resources')].find((path) =>
    existsSync(join(path, 'app.asar')),
  )
  if (resources === undefined) return null
  const archive = join(resources, 'app.asar')
  const { header, contentAt } = await readHeader(archive)
  const files = [...filesOf(header, '')]
  const manifest = header.files?.['package.json']
  const bytes = await readBytes(archive, contentAt + Number(manifest?.offset ?? 0), manifest?.size ?? 0)
  return {
    version: packageSchema.parse(JSON.parse(bytes.toString())).version,
    files: files.length,
    native: files
      .filter(({ path }) => compiled.test(path))
      .map(({ path, entry }) => ({
        file: path,
        found: entry.unpacked === true && existsSync(join(resources, 'app.asar.unpacked', path)),
      })),
    fuses: await readFuses(folder),
    updates: await readFile(join(resources, 'app-update.yml'), 'utf8').catch(() => null),
  }
}

/** The format is that of Chromium's pickles: see @electron/asar. Contents begin after the header. */
async function readHeader(archive: string): Promise<{ header: Entry; contentAt: number }> {
  const sizes = await readBytes(archive, 0, 16)
  const text = await readBytes(archive, 16, sizes.readUInt32LE(12))
  return { header: entrySchema.parse(JSON.parse(text.toString())), contentAt: 8 + sizes.readUInt32LE(4) }
}

async function readBytes(file: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function* filesOf(entry: Entry, folder: string): Generator<{ path: string; entry: Entry }> {
  for (const [name, inner] of Object.entries(entry.files ?? {})) {
    const path = folder === '' ? name : `${folder}/${name}`
    if (inner.files) yield* filesOf(inner, path)
    else yield { path, entry: inner }
  }
}

async function readFuses(folder: string): Promise<Record<string, boolean> | null> {
  const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework'
  const names = await readdir(folder)
  const programs = [...names.filter((name) => /^longhand(\.exe)?$/i.test(name)), framework]
  const program = programs.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (program === undefined) return null
  const content = await readFile(program)
  const at = content.indexOf(FUSE_SENTINEL)
  if (at < 0) return null
  const wire = at + FUSE_SENTINEL.length
  const states = content.toString('latin1', wire + 2, wire + 2 + (content[wire + 1] ?? 0))
  return Object.fromEntries(
    fuseNames.flatMap((name, i) => (i < states.length ? [[name, states[i] === '1']] : [])),
  )
}
