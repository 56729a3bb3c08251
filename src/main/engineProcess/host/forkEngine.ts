import { fork } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from '../../../shared/logger'
import { flagsOf, programOf, type SpawnEngine } from './engineProcessHandle'

/**
 * What an engine process may know of the environment: where things are, what the graphics drivers and runtimes read, and
 * Longhand's own. Tokens and keys that happen to be there stay out of a process that decodes strangers' files.
 */
const PASSED_ON =
  /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|TMP|TEMP|SYSTEMROOT|WINDIR|SYSTEMDRIVE|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|COMSPEC|NUMBER_OF_PROCESSORS|PROCESSOR_.*|DISPLAY|WAYLAND_DISPLAY|XDG_.*|LD_LIBRARY_PATH|DYLD_.*|VK_.*|MESA_.*|LIBGL_.*|CUDA_.*|NVIDIA_.*|OMP_.*|LONGHAND_.*)$/i

/** What of this process's environment an engine process is given, however it is started. */
export function engineEnvironment(): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name))
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
}

/** Starts engine processes by child_process.fork: everywhere but in Electron, whose own way is utilityProcess. */
export function forkEngine(options: { programFolder: string; log: Logger }): SpawnEngine {
  const { programFolder, log } = options
  return (instance, dataFolder) => {
    const child = fork(join(programFolder, programOf(instance)), [instance, dataFolder], {
      serialization: 'advanced',
      env: engineEnvironment(),
      // Not inherited: a debugger's port or a loader of the parent's would break the child.
      execArgv: flagsOf(instance),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let lastWords = ''
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        log.debug({ instance, pid: child.pid }, line)
        if (stream === child.stderr && line.trim()) lastWords = line.trim().slice(0, 300)
      })
    }
    return {
      pid: child.pid,
      send: (frame) => {
        // A child that is gone has told so, or is about to, through onExit; there is nobody left to send to.
        if (child.connected) child.send(frame as object, () => undefined)
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        child.once('error', (error) => listener(error.message))
        // 'close' and not 'exit': by then all that it wrote has arrived, so its last words are known.
        child.once('close', (code, signal) => {
          const how = signal ? `ended by ${signal}` : `exit code ${code}`
          listener(lastWords ? `${how}: ${lastWords}` : how)
        })
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
