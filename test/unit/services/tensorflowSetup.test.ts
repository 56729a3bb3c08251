import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { compileAddon } from '../../../src/main/services/tensorflow/compileAddon'
import { computeDevices } from '../../../src/main/services/tensorflow/computeDevices'
import { requireSpace } from '../../../src/main/services/diskSpace'
import { downloadWheels } from '../../../src/main/services/tensorflow/downloadWheels'
import { findInstalledPackage } from '../../../src/main/services/tensorflow/installedPackage'
import { findLibrary, unpackLibrary } from '../../../src/main/services/tensorflow/library'
import { installPackages } from '../../../src/main/services/tensorflow/packages'
import { runTool } from '../../../src/main/services/tensorflow/runTool'
import { unpackWheel } from '../../../src/main/services/tensorflow/unpackWheel'
import { zipBytes } from '../../fixtures/data/zipBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const { signal } = new AbortController()
const posix = process.platform !== 'win32'

/** A wheel as Python has them: files, and the list of their hashes. */
async function writeWheel(files: Readonly<Record<string, string>>, record?: string): Promise<string> {
  const wheel = join(await temporaryFolder(), 'tensorflow-2.21.0-py3-none-any.whl')
  const lines = Object.entries(files).map(
    ([path, text]) =>
      `${path},sha256=${createHash('sha256').update(text).digest('base64url')},${text.length}`,
  )
  const info = {
    'tensorflow-2.21.0.dist-info/METADATA': 'Name: tensorflow\n',
    'tensorflow-2.21.0.dist-info/RECORD': record ?? lines.join('\n'),
  }
  const members = Object.entries({ ...files, ...info }).map(
    ([name, text]) => [name, Buffer.from(text)] as const,
  )
  await writeFile(wheel, zipBytes(Object.fromEntries(members)))
  return wheel
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

const tensorflowFiles = {
  'tensorflow/libtensorflow_cc.so.2': 'library',
  'tensorflow/libtensorflow_framework.so.2': 'framework',
  'tensorflow/include/tensorflow/c/c_api.h': 'header',
}
const unpackOptions = (wants: (path: string) => boolean) => ({ wants, signal, onProgress: () => undefined })

/** A program by a name, for as long as the test runs: the only one that is found. */
async function onlyProgram(name: string, script: string): Promise<void> {
  const folder = await writeFiles(await temporaryFolder(), { [name]: `#!/bin/sh\n${script}\n` })
  await chmod(join(folder, name), 0o755)
  vi.stubEnv('PATH', folder)
}

afterEach(() => void vi.unstubAllEnvs())

describe('a wheel', () => {
  it('gives the files that are wanted, and its metadata', async () => {
    const wheel = await writeWheel({ 'tensorflow/a.so': 'A', 'tensorflow/b.py': 'B' })
    const folder = await temporaryFolder()
    const seen: number[] = []
    const metadata = await unpackWheel(wheel, folder, {
      wants: (path) => path.endsWith('.so'),
      signal,
      onProgress: (done, total) => seen.push(done / total),
    })
    expect(metadata).toBe('Name: tensorflow\n')
    expect(await readdir(join(folder, 'tensorflow'))).toEqual(['a.so'])
    expect(await readFile(join(folder, 'tensorflow/a.so'), 'utf8')).toBe('A')
    expect(seen.at(-1)).toBe(1)
  })

  it.each([
    [
      'is damaged where a hash is not the listed one',
      { 'tensorflow/a.so': 'A' },
      'tensorflow/a.so,sha256=AAAA,1',
    ],
    ['is damaged where a file is not listed', { 'tensorflow/a.so': 'A' }, ''],
  ])('%s', async (_, files, record) => {
    const wheel = await writeWheel(files, record)
    await expect(
      unpackWheel(
        wheel,
        await temporaryFolder(),
        unpackOptions(() => true),
      ),
    ).rejects.toMatchObject({
      code: 'tensorflow-source',
      data: { path: wheel, detail: expect.stringContaining('tensorflow/a.so is damaged') as string },
    })
  })

  it('is refused where it is something else, or nothing at all', async () => {
    const folder = await writeFiles(await temporaryFolder(), { 'text.whl': 'no archive' })
    for (const name of ['text.whl', 'missing.whl']) {
      const wheel = join(folder, name)
      await expect(
        unpackWheel(
          wheel,
          folder,
          unpackOptions(() => true),
        ),
      ).rejects.toMatchObject({
        code: 'tensorflow-source',
        data: { path: wheel },
      })
    }
  })

  it('without the libraries is none of TensorFlow, and one without CUDA is none for a graphics card', async () => {
    const options = { signal, onStep: () => undefined, onProgress: () => undefined }
    const other = await writeWheel({ 'numpy/core.so': 'A' })
    await expect(
      unpackLibrary(await temporaryFolder(), await temporaryFolder(), other, { ...options, gpu: false }),
    ).rejects.toMatchObject({ code: 'tensorflow-source', data: { path: other } })
    const plain = await writeWheel(tensorflowFiles)
    const folder = await temporaryFolder()
    const found = await unpackLibrary(folder, await temporaryFolder(), plain, { ...options, gpu: false })
    expect(found).toEqual({ folder: join(folder, 'tensorflow'), cudaFiles: [] })
    await expect(
      unpackLibrary(folder, await temporaryFolder(), plain, { ...options, gpu: true }),
    ).rejects.toMatchObject({ code: 'tensorflow-source', data: { detail: 'it was built without CUDA' } })
  })
})

describe('a Python environment', () => {
  it('is found by its own folder and by its site-packages, with NVIDIA’s libraries beside TensorFlow', async () => {
    const environment = await temporaryFolder()
    const site = await writeFiles(join(environment, 'lib/python3.12/site-packages'), {
      ...tensorflowFiles,
      'nvidia/cudnn/lib/libcudnn.so.9': '',
      'nvidia/cudnn/lib/libcudnn_ops.so.9': '',
      'nvidia/cuda_runtime/lib/libcudart.so.12': '',
    })
    for (const folder of [environment, site]) {
      const { folder: found, cudaFiles } = await findLibrary(folder)
      expect(found).toBe(join(site, 'tensorflow'))
      expect(cudaFiles.map((file) => file.slice(site.length + 1)).sort()).toEqual([
        'nvidia/cuda_runtime/lib/libcudart.so.12',
        'nvidia/cudnn/lib/libcudnn.so.9',
      ])
    }
  })

  it('without TensorFlow, or with half of it, is refused', async () => {
    const empty = await temporaryFolder()
    await expect(findLibrary(empty)).rejects.toMatchObject({
      code: 'tensorflow-source',
      data: { path: empty },
    })
    const half = await writeFiles(await temporaryFolder(), { 'tensorflow/libtensorflow_cc.so.2': '' })
    await expect(findLibrary(half)).rejects.toMatchObject({
      code: 'tensorflow-source',
      data: { detail: 'it holds no libtensorflow_framework.so.2' },
    })
  })
})

describe('a package that npm installed', () => {
  it('is known by its name and its native part', async () => {
    const folder = await writeFiles(await temporaryFolder(), {
      'package.json': '{"name": "@tensorflow/tfjs-node-gpu"}',
      'lib/napi-v8/tfjs_binding.node': '',
    })
    const addon = join(folder, 'lib/napi-v8/tfjs_binding.node')
    expect(await findInstalledPackage(folder)).toEqual({ packageFolder: folder, addon })
    const bare = await writeFiles(await temporaryFolder(), {
      'package.json': '{"name": "@tensorflow/tfjs-node"}',
    })
    const other = await writeFiles(await temporaryFolder(), { 'package.json': '{"name": "left-pad"}' })
    for (const wrong of [bare, other, await temporaryFolder()]) {
      await expect(findInstalledPackage(wrong)).rejects.toMatchObject({
        code: 'tensorflow-source',
        data: { path: wrong },
      })
    }
  })
})

describe('what is missing on a machine', () => {
  it('is told by name: npm, Python, a compiler', async () => {
    vi.stubEnv('PATH', await temporaryFolder())
    const folder = await temporaryFolder()
    await expect(installPackages(folder, folder, { gpu: false, signal })).rejects.toMatchObject({
      code: 'tensorflow-npm',
    })
    await expect(downloadWheels(folder, ['tensorflow-cpu'], signal)).rejects.toMatchObject({
      code: 'tensorflow-python',
    })
    vi.stubEnv('CXX', '')
    const library = { folder, cudaFiles: [] }
    await expect(compileAddon({ folder, packageFolder: folder, library, signal })).rejects.toMatchObject({
      code: 'tensorflow-compiler',
    })
  })

  it.runIf(posix)('is told in its own words where a program is there and fails', async () => {
    const folder = await temporaryFolder()
    await onlyProgram('python3', 'case "$*" in *--version*) exit 0;; esac; echo "ERROR: no network"; exit 1')
    await expect(downloadWheels(folder, ['tensorflow-cpu'], signal)).rejects.toMatchObject({
      code: 'tensorflow-download',
      data: { what: 'tensorflow-cpu', detail: 'ERROR: no network' },
    })
    await onlyProgram(
      'c++',
      'case "$*" in --version) exit 0;; esac; echo "x.cc:1: error: no such header" >&2; exit 1',
    )
    vi.stubEnv('CXX', '')
    const library = { folder, cudaFiles: [] }
    await expect(compileAddon({ folder, packageFolder: folder, library, signal })).rejects.toMatchObject({
      code: 'tensorflow-build',
      data: { compiler: 'c++', detail: 'x.cc:1: error: no such header' },
    })
  })

  it.runIf(posix)('a package that is not the published one is refused', async () => {
    const folder = await temporaryFolder()
    await onlyProgram('npm', 'for name in tensorflow-tfjs-node-4.22.0; do echo changed > "$name.tgz"; done')
    await expect(installPackages(folder, folder, { gpu: false, signal })).rejects.toMatchObject({
      code: 'tensorflow-npm',
      data: { detail: '@tensorflow/tfjs-node 4.22.0 is not the one that was published' },
    })
  })

  it('is told where it is room on the disk', async () => {
    const folder = await temporaryFolder()
    await requireSpace(folder, 1)
    await expect(requireSpace(folder, 1e18)).rejects.toMatchObject({
      code: 'disk-full',
      data: { folder, neededMegabytes: 1e12 },
    })
  })
})

describe('what TensorFlow computes on', () => {
  it('is the processor with the memory of the machine, where it has no card', async () => {
    const [processor, ...others] = await computeDevices('cpu')
    expect(others).toEqual([])
    expect(processor?.name).not.toBe('')
    expect(processor?.memoryBytes).toBeGreaterThan(2 ** 28)
  })

  it.runIf(posix)('are the cards that NVIDIA’s tool names, with their memory', async () => {
    await onlyProgram('nvidia-smi', 'echo "NVIDIA H100 80GB HBM3, 81559"; echo "NVIDIA T4, 15360"')
    expect(await computeDevices('gpu')).toEqual([
      { name: 'NVIDIA H100 80GB HBM3', memoryBytes: 81559 * 2 ** 20 },
      { name: 'NVIDIA T4', memoryBytes: 15360 * 2 ** 20 },
    ])
  })

  it.runIf(posix)('are no cards that nobody names', async () => {
    await onlyProgram('nvidia-smi', 'echo "NVIDIA-SMI has failed"; exit 9')
    for (const { memoryBytes } of await computeDevices('gpu')) expect(memoryBytes).toBeNull()
  })
})

it.runIf(posix)('a program that is waited for ends when the work is cancelled', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const running = runTool('sleep', ['600'], { signal: controller.signal })
  controller.abort(reason)
  await expect(running).rejects.toBe(reason)
})
