import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { createFileLog } from '../../log'
import { serveBrowser } from '../../shells/browser/serveBrowser'
import { parsePort } from '../numbers'
import { openInBrowser } from '../openInBrowser'
import { DONE } from '../reportError'
import { serveLog } from '../serveLog'
import type { RunCommand } from '../session'

/** `longhand serve`: the browser shell, until Ctrl-C. */
export function addServe(program: Command, run: RunCommand): void {
  program
    .command('serve')
    .description('serve the app to a browser on this machine, and print its URL')
    .option('--port <number>', 'port on 127.0.0.1; a free one otherwise', parsePort, 0)
    .option('--open', 'open the URL in the browser')
    .option('--no-open', 'only print the URL (the default)')
    .action((options: { port: number; open?: boolean }) =>
      run(async ({ environment, openServices, print, tell }) => {
        const { programFolder, dataFolder, stdin, interrupted } = environment
        const log = serveLog(createFileLog(dataFolder), tell)
        const services = openServices(log)
        const shell = await serveBrowser({
          services,
          rendererFolder: join(programFolder, '../renderer'),
          port: options.port,
          log,
        })
        print(shell.url)
        if (options.open === true) openInBrowser(shell.url)
        tell('The link works once, in one tab. Ctrl-C ends Longhand.')
        const lines = stdin.isTTY ? createInterface({ input: stdin }) : null
        if (lines !== null) tell('Press Enter for another link.')
        lines?.on('line', () => print(shell.newUrl()))
        void services.warmUp()
        if (!interrupted.aborted) await once(interrupted, 'abort')
        lines?.close()
        await shell.close()
        return DONE
      }),
    )
}
