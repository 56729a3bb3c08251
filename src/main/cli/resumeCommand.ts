import { isAppError } from '../../shared/errors/appError'
import type { Environment } from './environment'
import { quote } from './quote'

/** What ended a training that can be gone on with. */
export class InterruptedTrainingError extends Error {
  override readonly name = 'InterruptedTrainingError'
  constructor(
    override readonly cause: unknown,
    /** Goes on with it. */
    readonly command: string,
  ) {
    super('the training was interrupted')
  }
}

/** The command that goes on with the training in a folder, as this one was typed: by name, or by npm. */
export function resumeCommand(
  { variables }: Pick<Environment, 'variables'>,
  folder: string,
  error?: unknown,
): string {
  const program = variables.npm_lifecycle_event === 'longhand' ? 'npm run -s longhand --' : 'longhand'
  const args = ['train', '--resume', folder]
  if (isAppError(error, 'loss-not-finite')) args.push('--lr', String(error.data.lowerRate))
  return `${program} ${quote(args)}`
}
