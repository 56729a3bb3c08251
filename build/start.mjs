// `npm start [-- --browser] [--no-open] [--port N]`: installs and builds what is missing, then opens the desktop app, or
// the browser shell where the desktop app cannot run here.
import { parseArgs } from 'node:util'
import { fail } from './fail.mjs'
import { importLonghand } from './importLonghand.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { runDesktopApp } from './start/runDesktopApp.mjs'
import { stopWithNpm } from './stopWithNpm.mjs'

const usage = 'Usage: npm start -- [--browser] [--no-open] [--port N]'

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    })
    return values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

const options = readOptions()
stopWithNpm()
try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  fail(error)
}
// A port only means something in the browser shell.
if (!options.browser && options.port === undefined) {
  const exitCode = await runDesktopApp()
  if (exitCode !== null) process.exit(exitCode)
}
const port = options.port === undefined ? [] : ['--port', options.port]
await importLonghand(['serve', options['no-open'] ? '--no-open' : '--open', ...port])
