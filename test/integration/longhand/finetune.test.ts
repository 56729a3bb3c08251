import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { builtFolder } from '../../fixtures/cli/builtLonghand'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { temporaryFolder } from '../../fixtures/temporaryFolder'
import { writeTinyTraining } from '../../fixtures/tinyTraining'

/** The built command line with a data folder that lasts, in a group of processes of its own. */
function start(args: readonly string[], dataFolder: string) {
  const { INIT_CWD: _, ...variables } = process.env
  const child = spawn(process.execPath, [join(builtFolder, 'longhand.js'), ...args], {
    env: { ...variables, LONGHAND_DATA_FOLDER: dataFolder, LANG: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  }
  onTestFinished(kill)
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(
    ([exitCode, stdout, stderr]) => ({ exitCode, stdout, stderr }),
  )
  return { ended, kill }
}

async function prepare() {
  const folder = await temporaryFolder()
  const dataFolder = join(folder, 'data')
  const training = await writeTinyTraining(join(folder, 'task'))
  const base = join(dataFolder, 'models', 'base')
  await mkdir(join(dataFolder, 'models'), { recursive: true })
  expect(
    await start(['train', ...training, '--name', 'base', '--out', base], dataFolder).ended,
  ).toMatchObject({
    exitCode: 0,
  })
  // Samples that the base never saw.
  const samples = (await mnistTestSamples(700)).slice(400)
  const [images, labels] = [join(folder, 'images'), join(folder, 'labels')]
  await writeFile(images, idxBytes([300, 28, 28], Buffer.concat(samples.map(({ pixels }) => pixels))))
  await writeFile(
    labels,
    idxBytes(
      [300],
      samples.map(({ label }) => Number(label)),
    ),
  )
  const run = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await start(args, dataFolder).ended
    return { exitCode, stdout, stderr }
  }
  return { dataFolder, data: `idx:${images},${labels}`, run }
}

it('a model is taught, judged, activated, rolled back and deleted', async () => {
  const { data, run } = await prepare()
  const taught = await run(
    ...['finetune', '--base', 'base', '--dataset', data, '--mode', 'head', '--shots', '10'],
    ...['--out', 'mine', '--base-limit', '1', '--activate', '--json'],
  )
  expect(taught).toMatchObject({ exitCode: 0, stderr: '' })
  const { gate, comparison, curve, rung, activated } = JSON.parse(taught.stdout) as {
    gate: {
      passed: boolean
      own: { before: { accuracy: number }; after: { accuracy: number; count: number } }
    }
    comparison: { samples: number; after: { accuracy: number } }
    curve: { shots: number; accuracy: number }[]
    rung: string
    activated: boolean
  }
  expect(rung).toBe('head')
  expect(gate.own.after.count).toBe(comparison.samples)
  expect(gate.passed).toBe(gate.own.after.accuracy > gate.own.before.accuracy)
  expect(activated).toBe(gate.passed)
  expect(curve[0]).toMatchObject({ shots: 0, accuracy: gate.own.before.accuracy })

  expect(await run('models', 'activate', 'mine')).toMatchObject({ exitCode: 0 })
  const list = JSON.parse((await run('models', 'list', '--json')).stdout) as {
    name: string
    active: boolean
  }[]
  expect(list.filter(({ active }) => active).map(({ name }) => name)).toEqual(['mine'])
  const refused = await run('models', 'delete', 'mine')
  expect(refused).toMatchObject({ exitCode: 1 })
  expect(refused.stderr).toContain('mine is in use')
  const compared = await run('models', 'compare', 'base', 'mine', '--data', data, '--json')
  expect(JSON.parse(compared.stdout)).toMatchObject({ before: { model: 'base' }, after: { model: 'mine' } })
  expect(JSON.parse((await run('models', 'rollback', '--json')).stdout)).toMatchObject({ name: 'digits' })
  expect(await run('models', 'delete', 'mine')).toMatchObject({ exitCode: 0 })
  expect((await run('models', 'list')).stdout).not.toContain('mine')
})

it('a teaching that is killed in the middle and gone on with ends with the same weights, and in use', async () => {
  const { data, dataFolder, run } = await prepare()
  const args = [
    ...['finetune', '--base', 'base', '--dataset', data, '--mode', 'full', '--shots', '5'],
    ...['--base-limit', '1', '--activate', '--json'],
  ]
  expect(await run(...args, '--out', 'whole')).toMatchObject({ exitCode: 0, stderr: '' })

  const killed = join(dataFolder, 'models', 'killed')
  const first = start([...args, '--out', 'killed'], dataFolder)
  const stage = join(killed, 'teaching', 'final1', 'full', 'checkpoint')
  const over = new AbortController()
  void first.ended.then(() => over.abort())
  while (!over.signal.aborted && (await readdir(stage).catch(() => [])).length === 0) await delay(5)
  first.kill()
  expect(await first.ended).toMatchObject({ exitCode: null })
  expect((await run('models', 'list')).stdout).not.toContain('killed')

  const resumed = await run('finetune', '--out', 'killed', '--resume', '--json')
  expect(resumed).toMatchObject({ exitCode: 0 })
  expect(JSON.parse(resumed.stdout)).toMatchObject({ gate: { passed: true }, activated: true })
  const weightsOf = (name: string): Promise<Buffer> =>
    readFile(join(dataFolder, 'models', name, 'weights.safetensors'))
  // The names of the models are in the files' headers.
  const values = (bytes: Buffer): Buffer => bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)))
  expect(values(await weightsOf('killed')).equals(values(await weightsOf('whole')))).toBe(true)
  expect(await readdir(killed)).not.toContain('teaching')
})
