import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.mjs'
import { runInForeground } from './runInForeground.mjs'

/** Opens a page in the user's own browser. Where there is none, the printed URL is enough. */
function openPage(/** @type {string} */ url) {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}

/**
 * Runs the browser shell until it ends. Its URL goes to stdout.
 *
 * @param {{ port: string | undefined, open: boolean }} options
 * @returns {Promise<number>} the exit code
 */
export function runBrowserShell({ port, open }) {
  let output = ''
  let opened = !open
  const serve = [join(repositoryRoot, 'out', 'main', 'longhand.js'), 'serve']
  if (port !== undefined) serve.push('--port', port)
  return runInForeground(process.execPath, serve, (text) => {
    if (opened) return
    output += text
    const url = /https?:\/\/\S+(?=\s)/.exec(output)?.[0]
    if (url === undefined) return
    opened = true
    openPage(url)
  })
}
