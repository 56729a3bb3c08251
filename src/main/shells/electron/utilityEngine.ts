import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { utilityProcess } from 'electron'
import type { Logger } from '../../../shared/logger'
import { engineEnvironment } from '../../engineProcess/host/forkEngine'
import { flagsOf, programOf, type SpawnEngine } from '../../engineProcess/host/engineProcessHandle'

/**
 * Starts engine processes as Electron's utility processes. child_process.fork would need Electron to run as plain Node,
 * which the packaged app is built to refuse.
 */
export function utilityEngine(options: { programFolder: string; log: Logger }): SpawnEngine {
  const { programFolder, log } = options
  return (instance, dataFolder) => {
    const child = utilityProcess.fork(join(programFolder, programOf(instance)), [instance, dataFolder], {
      serviceName: `Longhand engine (${instance})`,
      env: engineEnvironment(),
      execArgv: flagsOf(instance),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let lastWords = ''
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        log.debug({ instance }, line)
        if (stream === child.stderr && line.trim()) lastWords = line.trim().slice(0, 300)
      })
    }
    return {
      get pid() {
        return child.pid
      },
      send: (frame) => child.postMessage(frame),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        child.once('exit', (code) => {
          const how = `exit code ${code}`
          listener(lastWords ? `${how}: ${lastWords}` : how)
        })
      },
      kill: () => void child.kill(),
    }
  }
}
