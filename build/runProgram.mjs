import { spawn } from 'node:child_process'
import { repositoryRoot } from './repository.mjs'

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 1 where the program could not be started or a signal ended it
 * @property {string} output stdout and stderr in the order in which they came; empty where they were passed on
 * @property {number} elapsedMs
 */

/**
 * Runs a program in the repository's root and waits for its end. It never throws: a program that cannot be started has
 * failed, with the reason as its output.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {'collect' | 'toStderr' | 'inherit'} [options.output] where its output goes
 * @param {Record<string, string | undefined>} [options.environment] added to this process's own
 * @param {number} [options.limitMs] it is ended after this time
 * @returns {Promise<Outcome>}
 */
export function runProgram(program, args, { output = 'collect', environment = {}, limitMs } = {}) {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let collected = ''
    const finish = (/** @type {number} */ code) => {
      resolve({ code, output: collected, elapsedMs: performance.now() - startedAt })
    }
    const child = spawn(program, args, {
      cwd: repositoryRoot,
      // Collected output ends in an error's text or a log; colours there are noise.
      env: { ...process.env, ...(output === 'collect' ? { NO_COLOR: '1' } : {}), ...environment },
      stdio:
        output === 'collect'
          ? ['ignore', 'pipe', 'pipe']
          : output === 'inherit'
            ? 'inherit'
            : ['ignore', 2, 2],
      // npm is a .cmd file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && program === 'npm',
    })
    const timer = limitMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limitMs)
    const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
    process.on('SIGTERM', forward)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        collected += text
      })
    }
    child.on('error', (error) => {
      collected += error.message
      finish(1)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      process.off('SIGTERM', forward)
      finish(code ?? 1)
    })
  })
}

/**
 * Runs a JavaScript program with this very Node.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {Parameters<typeof runProgram>[2]} [options]
 */
export const runNode = (script, args, options) => runProgram(process.execPath, [script, ...args], options)
