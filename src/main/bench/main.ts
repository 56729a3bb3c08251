import { Command, CommanderError } from 'commander'
import { join } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import { describeError } from '../../shared/errors/describeError'
import { addTrain } from './train/addTrain'

// The benches are for whoever works on Longhand: `npm run bench`. Nothing of them is shipped to users.

/** Python programs of the benches; they are run from the source. */
const scriptFolder = join(import.meta.dirname, '..', '..', 'build', 'bench')

const program = new Command('bench')
  .description('Measures what Longhand is worth on this machine.')
  .exitOverride()
addTrain(program, scriptFolder)

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
