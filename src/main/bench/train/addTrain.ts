import { Option, type Command } from 'commander'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { findDataFolder } from '../../dataFolder'
import { findPython } from '../findPython'
import { positiveNumber } from '../numbers'
import { describeTraining } from './describeTraining'
import { measureTraining } from './measureTraining'

interface TrainOptions {
  against?: 'torch' | 'tensorflow'
  python?: string
  seconds: number
  rounds: number
  threads: number
  json?: true
}

/** `bench train`: how fast the reference network trains. */
export function addTrain(program: Command, scriptFolder: string): void {
  program
    .command('train')
    .description('how fast the reference network trains, beside its forward pass, PyTorch and TensorFlow')
    .addOption(
      new Option('--against <library>', 'the same training elsewhere, in turns').choices([
        'torch',
        'tensorflow',
      ]),
    )
    .option('--python <program>', 'a Python with torch (also LONGHAND_PYTHON)')
    .option('--seconds <number>', 'how long each works in a round', positiveNumber, 3)
    .option('--rounds <number>', 'how often all of them take their turn', positiveNumber, 6)
    .option('--threads <number>', 'threads of each', positiveNumber, availableParallelism())
    .option('--json', 'one JSON object')
    .action(async (options: TrainOptions) => {
      const { against } = options
      const python = against === 'torch' ? await findPython(options.python, 'torch', 'torch') : undefined
      // As `longhand setup tensorflow` leaves it.
      const tensorflowFolder = against === 'tensorflow' ? join(findDataFolder(), 'tensorflow') : undefined
      const result = await measureTraining({ ...options, python, scriptFolder, tensorflowFolder })
      const lines = options.json ? [JSON.stringify(result)] : describeTraining(result)
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}
