import { writeFileSync } from 'node:fs'

/**
 * @typedef {object} TestSummary what a test run came to
 * @property {number} passed
 * @property {string[]} failed names of what failed: tests, files that could not be loaded, errors outside of any test
 * @property {{ name: string, reason: string }[]} skipped
 */

/** @typedef {import('vitest/node').Reporter} Reporter */

/**
 * A Vitest reporter that writes a TestSummary to the file named by LONGHAND_TEST_SUMMARY. Vitest's own JSON report does not
 * tell why a test was skipped, and we want that to be said.
 *
 * @implements {Reporter}
 */
export default class SummaryReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest/node').SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {TestSummary} */
    const summary = {
      passed: 0,
      failed: unhandledErrors.map((error) => `error outside of a test: ${error.message}`),
      skipped: [],
    }
    for (const module of modules) {
      const suites = [module, ...module.children.allSuites()]
      for (const suite of suites) {
        if (suite.errors().length === 0) continue
        const name = suite.type === 'module' ? '' : ` > ${suite.fullName}`
        summary.failed.push(`${module.relativeModuleId}${name} (outside of its tests)`)
      }
      for (const test of module.children.allTests()) {
        const name = `${module.relativeModuleId} > ${test.fullName}`
        const result = test.result()
        if (result.state === 'passed') summary.passed += 1
        else if (result.state === 'failed') summary.failed.push(name)
        else {
          const note = result.state === 'skipped' ? result.note : undefined
          summary.skipped.push({ name, reason: note ?? 'no reason given' })
        }
      }
    }
    const file = process.env.LONGHAND_TEST_SUMMARY
    if (file !== undefined) writeFileSync(file, JSON.stringify(summary))
  }
}
