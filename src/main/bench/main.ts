import { Command, CommanderError } from 'commander'
import { join } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import { describeError } from '../../shared/errors/describeError'
import { addAudit } from './audit/addAudit'
import { addAugment } from './augment/addAugment'
import { addGrowth } from './growth/addGrowth'
import { addLines } from './lines/addLines'
import { addRecognize } from './recognize/addRecognize'
import { addSamplesBench } from './samples/addSamplesBench'
import { addSoak } from './soak/addSoak'
import { addStart } from './start/addStart'
import { addTeach } from './teach/addTeach'
import { addTo99 } from './to99/addTo99'
import { addTrain } from './train/addTrain'

// The benches are for whoever works on Longhand: `npm run bench`. Nothing of them is shipped to users.

const root = join(import.meta.dirname, '..', '..')
/** Python programs of the benches; they are run from the source. */
const scriptFolder = join(root, 'build', 'bench')

const program = new Command('bench')
  .description('Measures what Longhand is worth on this machine.')
  .exitOverride()
addTrain(program, scriptFolder)
addTo99(program, scriptFolder)
addRecognize(program, scriptFolder, join(root, 'resources', 'models', 'digits'), import.meta.dirname)
addLines(program, join(root, 'resources', 'models', 'digits'))
addTeach(program, join(root, 'resources', 'models', 'digits'), join(import.meta.dirname, 'augmentWorker.js'))
addAudit(program, join(root, 'resources', 'models', 'digits'))
addGrowth(program)
addSamplesBench(program, import.meta.dirname)
addSoak(program, import.meta.dirname)
addStart(program, root, import.meta.dirname)
addAugment(program, join(root, 'resources', 'recipes'))

try {
  await program.parseAsync()
} catch (error) {
  // Commander has said it already.
  if (!(error instanceof CommanderError)) {
    const { message, action } =
      error instanceof AppError
        ? describeError(error, 'en')
        : { message: error instanceof Error ? error.message : String(error), action: '' }
    process.stderr.write(`bench: ${message} ${action}\n`)
  }
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1
}
