import { findDataFolder } from '../dataFolder'
import { forkEngine } from '../engineProcess/host/forkEngine'
import { listenForInterrupts } from './interrupts'
import { runCommandLine } from './runCommandLine'
import { findUserFolder } from './userFolder'

// `longhand ... | head` closes the pipe when it has enough: no error, and nobody left to write for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.stderr.on('error', () => undefined)

const programFolder = import.meta.dirname
process.exitCode = await runCommandLine(process.argv.slice(2), {
  programFolder,
  // Looked for when a command needs it, whose errors are put into words.
  get dataFolder() {
    return findDataFolder()
  },
  createSpawnEngine: (log) => forkEngine({ programFolder, log }),
  userFolder: findUserFolder(process.env, process.cwd()),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  interrupted: listenForInterrupts(),
})
