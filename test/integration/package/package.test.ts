import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { extractAll } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compiledFiles } from '../../../build/package/nativeFiles.mjs'
import { writeStandInElectron } from '../../../build/package/standInElectron.mjs'
import type { Prediction } from '../../../src/shared/recognition/prediction'
import { repositoryFolder } from '../../fixtures/cli/builtLonghand'
import { drawnSeven } from '../../fixtures/data/drawnPicture'

/** What the app may add to Electron itself, on Linux x64. */
const largestResources = 120 * 1024 * 1024

const canPack = process.platform === 'linux'
if (!canPack)
  process.stderr.write('SKIPPED: the package around a stand-in, because that is laid out for Linux.\n')

let folder: string
let packed: string
/** The app's archive, unpacked where no package of the repository can be found from. */
let app: string

async function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; variables?: Record<string, string> } = {},
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? repositoryFolder,
    env: { ...process.env, ...options.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { exitCode, stdout, stderr }
}

/** The packages that the built files import, but for Electron, which is the program itself. */
async function importedPackages(): Promise<string[]> {
  const main = join(app, 'out', 'main')
  const found = new Set<string>()
  for (const file of await readdir(main, { recursive: true })) {
    if (!file.endsWith('.js')) continue
    const source = await readFile(join(main, file), 'utf8')
    for (const [, name] of source.matchAll(
      /\b(?:from|import|import\()\s*["']((?:@[\w.-]+\/)?\w[\w./-]*)["']/g,
    )) {
      if (name !== undefined && name !== 'electron' && !name.startsWith('node:')) found.add(name)
    }
  }
  return [...found].sort()
}

async function sizeOfFolder(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

describe.skipIf(!canPack)('the package', () => {
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'longhand-package-')))
    const electronDist = await writeStandInElectron(join(folder, 'electron'))
    const script = join(repositoryFolder, 'build', 'package.mjs')
    const output = join(folder, 'dist')
    const packing = await run(process.execPath, [
      ...[script, '--dir', '--output', output, '--electron-dist', electronDist],
    ])
    expect(packing, packing.stderr).toMatchObject({ exitCode: 0 })
    packed = packing.stdout.trim().split('\n').at(-1) ?? ''
    app = join(folder, 'app')
    extractAll(join(packed, 'resources', 'app.asar'), app)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('holds the compiled files of this system and of no other, each where the system can load it', () => {
    const files = compiledFiles(join(packed, 'resources'))
    expect(files.map(({ file }) => file.replace(/[\d.]+(?=\.node$)|(?<=\.so)[.\d]+$/, ''))).toEqual([
      `node_modules/@img/sharp-libvips-linux-${process.arch}/lib/libvips-cpp.so`,
      `node_modules/@img/sharp-linux-${process.arch}/lib/sharp-linux-${process.arch}-.node`,
      `node_modules/@libsql/linux-${process.arch}-gnu/index.node`,
      `node_modules/onnxruntime-node/bin/napi-v6/linux/${process.arch}/libonnxruntime.so`,
      `node_modules/onnxruntime-node/bin/napi-v6/linux/${process.arch}/onnxruntime_binding.node`,
    ])
    expect(files.filter(({ unpacked }) => !unpacked)).toEqual([])
  })

  it('adds less than 120 MB to Electron', async () => {
    const size = await sizeOfFolder(join(packed, 'resources'))
    expect(size).toBeLessThan(largestResources)
    // Far too little would mean that something is missing.
    expect(size).toBeGreaterThan(largestResources / 4)
  })

  it('has no source, no bench and no development package', async () => {
    expect((await readdir(app)).sort()).toEqual(['node_modules', 'out', 'package.json', 'resources'])
    const packages = await readdir(join(app, 'node_modules'))
    expect(packages).not.toContain('vitest')
    expect(packages).not.toContain('electron')
    expect(await readdir(join(app, 'out', 'main'))).not.toContain('bench.js')
  })

  it('lists its files, so that two packages can be compared', async () => {
    const lines = (await readFile(`${packed}.files.txt`, 'utf8')).trim().split('\n')
    const paths = lines.map((line) => line.split('  ')[2] ?? '')
    expect(paths).toContain('app.asar')
    expect(paths).not.toContain('default_app.asar')
    expect(lines.every((line) => /^[0-9a-f]{64} {2}\d+ {2}\S/.test(line))).toBe(true)
  })

  it('finds every package that it imports within itself', async () => {
    const names = await importedPackages()
    expect(names).toContain('onnxruntime-node')
    // The updater asks for Electron when it is loaded, which is not here; that it is there is enough.
    const probe = join(app, 'out', 'main', 'probe.mjs')
    await writeFile(
      probe,
      `for (const name of ${JSON.stringify(names)}) {
        const place = import.meta.resolve(name)
        if (!place.startsWith(${JSON.stringify(`file://${app}/`)})) throw new Error(name + ' is found at ' + place)
        if (name !== 'electron-updater') await import(name)
      }`,
    )
    const outcome = await run(process.execPath, [probe], { cwd: folder })
    await rm(probe)
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('reads a digit with its own services, engine and model', async () => {
    const picture = join(folder, 'seven.png')
    await drawnSeven().png().toFile(picture)
    const outcome = await run(
      process.execPath,
      [join(app, 'out', 'main', 'longhand.js'), 'recognize', picture, '--json'],
      { cwd: folder, variables: { LONGHAND_DATA_FOLDER: join(folder, 'data') } },
    )
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    const { verdict, candidates } = JSON.parse(outcome.stdout) as Prediction
    expect({ verdict, best: candidates[0]?.label }).toEqual({ verdict: 'sure', best: '7' })
  })

  it('is described by longhand doctor, which fails where a native file is gone', async () => {
    const doctor = (): ReturnType<typeof run> =>
      run(process.execPath, [join(app, 'out', 'main', 'longhand.js'), 'doctor', '--app', packed])
    const healthy = await doctor()
    expect(healthy).toMatchObject({ exitCode: 0, stderr: '' })
    expect(healthy.stdout).toMatch(
      /^Longhand {2,}\d+\.\d+\.\d+, packaged\nArchive {2,}app\.asar, \d{3,} files\n/,
    )
    expect(healthy.stdout).toMatch(/^Native file {2}node_modules\/onnxruntime-node\/.*\.node$/m)
    expect(healthy.stdout).toMatch(/^Fuses {2,}runAsNode off, cookieEncryption on, nodeOptions off,/m)
    expect(healthy.stdout).toMatch(/^Updates {2,}none/m)
    expect(healthy.stdout).toMatch(/^State {2,}as it should be$/m)

    const libsql = `node_modules/@libsql/linux-${process.arch}-gnu/index.node`
    const file = join(packed, 'resources', 'app.asar.unpacked', libsql)
    await rename(file, `${file}.away`)
    const hurt = await doctor()
    await rename(`${file}.away`, file)
    expect(hurt).toMatchObject({ exitCode: 1 })
    expect(hurt.stdout).toContain(`${libsql} does not lie beside the archive`)
  })

  it('has the fuses blown that would let others run code as the app', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'longhand'))
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
      [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
    })
  })
})
