import { CommanderError } from 'commander'
import { createProgram } from './createProgram'
import type { Environment } from './environment'
import { DONE, findLanguage, reportError, WRONG_USAGE } from './reportError'
import { openSession } from './session'

/** What was asked for and given: help and version are no mistakes. */
const ANSWERED = ['commander.helpDisplayed', 'commander.version']

/**
 * Runs one command line.
 * @param args what follows the program's name
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage. It never throws; what is wrong is one line on standard error.
 */
export async function runCommandLine(args: readonly string[], environment: Environment): Promise<number> {
  const verbose = args.includes('--verbose')
  let exitCode = DONE
  const program = createProgram(environment, async (work) => {
    const session = openSession(environment, args, verbose)
    try {
      exitCode = await work(session)
    } finally {
      await session.close()
    }
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    // Commander has said it already.
    if (thrown instanceof CommanderError) return ANSWERED.includes(thrown.code) ? DONE : WRONG_USAGE
    const report = reportError(thrown, { language: findLanguage(environment.variables), verbose })
    environment.stderr.write(`${report.line}\n`)
    return report.exitCode
  }
}
