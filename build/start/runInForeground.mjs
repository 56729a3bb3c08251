import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { repositoryRoot } from '../repository.mjs'

/**
 * Runs a program as if it had been typed instead of this one: it has the terminal, and signals reach it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {(text: string) => void} [onOutput] sees what it writes to stdout, which is passed on all the same
 * @returns {Promise<number>} its exit code, 128 and more where a signal ended it, as shells have it
 */
export function runInForeground(program, args, onOutput) {
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    stdio: ['inherit', onOutput === undefined ? 'inherit' : 'pipe', 'inherit'],
  })
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    process.stdout.write(text)
    onOutput?.(text)
  })
  process.on('SIGINT', () => {
    // A terminal sends Ctrl-C to the child as well, and a second one may mean "at once" to it.
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('close', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
