import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installed, repositoryRoot } from '../repository.mjs'
import { runNode } from '../runProgram.mjs'

/** @typedef {import('./summaryReporter.mjs').TestSummary} TestSummary */

/**
 * Runs the tests; their progress goes to this terminal.
 *
 * @param {readonly string[]} args more arguments for Vitest
 * @returns {Promise<TestSummary>}
 */
export async function runVitest(args) {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-test-'))
  const summaryFile = join(folder, 'summary.json')
  try {
    const reporter = join(repositoryRoot, 'build', 'testing', 'summaryReporter.mjs')
    const { code } = await runNode(
      installed('vitest/vitest.mjs'),
      ['run', '--reporter=default', `--reporter=${reporter}`, ...args],
      { output: 'inherit', environment: { LONGHAND_TEST_SUMMARY: summaryFile } },
    )
    /** @type {TestSummary} */
    const summary = await readFile(summaryFile, 'utf8').then(
      (text) => JSON.parse(text),
      () => ({ passed: 0, failed: [], skipped: [] }),
    )
    // It failed as a whole, for a reason that it has printed: never let that pass for success.
    if (code !== 0 && summary.failed.length === 0) summary.failed.push(`vitest (exit code ${code})`)
    return summary
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
