import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { TensorflowSetupEvent, TensorflowSource } from '../../../shared/contract/tensorflow'
import { createProgress } from '../progress'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { UsageError } from '../usageError'

interface SetupOptions {
  wheel?: string
  python?: string
  package?: string
  gpu?: true
  remove?: true
  json?: true
}

const steps: Readonly<Record<Extract<TensorflowSetupEvent, { event: 'step' }>['step'], string>> = {
  packages: 'Fetching the packages...',
  download: 'Downloading TensorFlow...',
  unpack: 'Unpacking TensorFlow...',
  compile: 'Compiling the addon...',
  verify: 'Training a step with it...',
}

/** `longhand setup tensorflow`: gets what a training with `--engine tensorflow` runs on, or takes it away again. */
export function addSetup(program: Command, run: RunCommand): void {
  program
    .command('setup')
    .description('get what does not come with Longhand')
    .command('tensorflow')
    .description('TensorFlow to train with, in a place of its own in the data folder')
    .option('--wheel <file>', 'a wheel of TensorFlow for Linux; downloaded with pip otherwise')
    .option('--python <folder>', 'a Python environment that has TensorFlow; it is used where it lies')
    .option('--package <folder>', 'the folder of @tensorflow/tfjs-node, as npm installed it')
    .option('--gpu', 'with CUDA, for a graphics card by NVIDIA')
    .addOption(new Option('--remove', 'takes it away again').conflicts(['wheel', 'python', 'package', 'gpu']))
    .option('--json', 'one JSON object a line')
    .action((options: SetupOptions) =>
      run(async (session) => {
        if (options.remove) await remove(session, options.json ?? false)
        else await setUp(sourceOf(options, session.environment.userFolder), session, options.json ?? false)
        return DONE
      }),
    )
}

function sourceOf(options: SetupOptions, userFolder: string): TensorflowSource {
  const { wheel, python, package: packageFolder, gpu = false } = options
  const given = [wheel, python, packageFolder].filter((path) => path !== undefined)
  if (given.length > 1) throw new UsageError('--wheel, --python and --package: one at most')
  if (wheel !== undefined) return { from: 'wheel', file: resolve(userFolder, wheel), gpu }
  if (python !== undefined) return { from: 'python', folder: resolve(userFolder, python), gpu }
  if (packageFolder === undefined) return { from: 'download', gpu }
  if (gpu) throw new UsageError('--gpu: a package is for the processor or for a graphics card by itself')
  return { from: 'package', folder: resolve(userFolder, packageFolder) }
}

async function setUp(source: TensorflowSource, session: Session, json: boolean): Promise<void> {
  const { client, environment, print, tell } = session
  const progress = createProgress(environment, '{bar} {percentage}%')
  try {
    const events = await client.tensorflow.setup({ source }, { signal: environment.interrupted })
    for await (const event of events) {
      if (event.event !== 'progress') progress.stop()
      if (json) print(JSON.stringify(event))
      else if (event.event === 'step') tell(steps[event.step])
      else if (event.event === 'progress') progress.update(event.done, event.total)
      else {
        const { version, device } = event.report
        const place = device === 'gpu' ? 'a graphics card' : 'the processor'
        print(`${event.folder}: TensorFlow ${version} on ${place}; train with --engine tensorflow`)
      }
    }
  } finally {
    progress.stop()
  }
}

async function remove({ client, print }: Session, json: boolean): Promise<void> {
  const { folder, setup } = await client.tensorflow.status()
  await client.tensorflow.remove()
  if (json) print(JSON.stringify({ event: 'removed', folder, wasSetUp: setup !== null }))
  else print(setup === null ? `${folder}: TensorFlow was not set up` : `${folder}: removed`)
}
