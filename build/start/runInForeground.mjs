import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { repositoryRoot } from '../repository.mjs'

/** @type {readonly NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program as if it had been typed instead of this one: it has the terminal, and signals reach it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 128 and the signal's number where a signal ended it, as shells have it
 */
export function runInForeground(program, args) {
  const child = spawn(program, args, { cwd: repositoryRoot, stdio: 'inherit' })
  const passOn = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
  for (const signal of passedOn) process.on(signal, passOn)
  return new Promise((resolve) => {
    const finish = (/** @type {number} */ exitCode) => {
      for (const signal of passedOn) process.off(signal, passOn)
      resolve(exitCode)
    }
    child.on('error', (error) => {
      console.error(error.message)
      finish(1)
    })
    child.on('close', (code, signal) => {
      finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
