import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const repositoryRoot = process.cwd()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-summary-'))
  await symlink(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'), 'junction')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Runs Vitest with the reporter on one test file, and returns what the reporter wrote. */
async function summarize(testFile: string): Promise<unknown> {
  await writeFile(join(folder, 'example.test.js'), testFile)
  const summaryFile = join(folder, 'summary.json')
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const reporter = join(repositoryRoot, 'build', 'testing', 'summaryReporter.mjs')
  await new Promise<void>((resolve) => {
    const args = [vitest, 'run', '--root', folder, `--reporter=${reporter}`]
    // It fails where a test does; what counts is the file.
    execFile(process.execPath, args, { env: { ...process.env, LONGHAND_TEST_SUMMARY: summaryFile } }, () => {
      resolve()
    })
  })
  return JSON.parse(await readFile(summaryFile, 'utf8'))
}

describe('the summary of a test run', () => {
  it('counts what passed, and names what failed or was skipped, with the reason', async () => {
    const summary = await summarize(`
      import { expect, it } from 'vitest'
      it('passes', () => {})
      it('fails', () => { expect(1).toBe(2) })
      it('cannot run', (context) => { context.skip('no browser') })
      it.skip('is left out', () => {})
    `)
    expect(summary).toEqual({
      passed: 1,
      failed: ['example.test.js > fails'],
      skipped: [
        { name: 'example.test.js > cannot run', reason: 'no browser' },
        { name: 'example.test.js > is left out', reason: 'no reason given' },
      ],
    })
  })

  it('counts a file that cannot be loaded as failed', async () => {
    expect(await summarize("throw new Error('broken')")).toEqual({
      passed: 0,
      failed: ['example.test.js (outside of its tests)'],
      skipped: [],
    })
  })

  it('counts a failing hook, and an error that no test waits for', async () => {
    const summary = await summarize(`
      import { afterAll, it } from 'vitest'
      it('passes', () => { void Promise.reject(new Error('unheard')) })
      afterAll(() => { throw new Error('hook') })
    `)
    expect(summary).toEqual({
      passed: 1,
      failed: ['error outside of a test: unheard', 'example.test.js (outside of its tests)'],
      skipped: [],
    })
  })
})
