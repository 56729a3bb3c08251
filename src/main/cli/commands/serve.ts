import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { createFileLog } from '../../log'
import { followApi } from '../../shells/api/followApi'
import { createAccessKeys } from '../../shells/browser/accessKeys'
import { serveBrowser, type BrowserShell } from '../../shells/browser/serveBrowser'
import { parsePort } from '../numbers'
import { openInBrowser } from '../openInBrowser'
import { DONE } from '../reportError'
import { serveLog } from '../serveLog'
import type { RunCommand } from '../session'
import { longhandVersion } from '../version'

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
        const { programFolder, stdin, interrupted } = environment
        const keys = createAccessKeys()
        const lines = stdin.isTTY ? createInterface({ input: stdin }) : null
        let shell: BrowserShell | null = null
        lines?.on('line', () => shell && print(shell.newUrl()))
        /** @returns where to go on, once the data was moved or deleted; null after Ctrl-C */
        const serveFrom = async (dataFolder: string): Promise<string | null> => {
          const log = serveLog(createFileLog(dataFolder), tell)
          const services = openServices(log, dataFolder)
          const restarted = new Promise<string>((resolve) =>
            services.onRestart((restart) => resolve(restart.dataFolder)),
          )
          const isFirst = shell === null
          const port: number = shell?.port ?? options.port
          const rendererFolder = join(programFolder, '../renderer')
          const served = await serveBrowser({ services, rendererFolder, port, keys, log })
          shell = served
          const endApi = await followApi({ services, longhandVersion, log })
          if (isFirst) greet(served.url)
          void services.warmUp()
          const ended = interrupted.aborted ? Promise.resolve() : once(interrupted, 'abort')
          const next = await Promise.race([restarted, ended.then(() => null)])
          await endApi()
          await served.close()
          if (next !== null) await services.close()
          return next
        }
        const greet = (url: string): void => {
          print(url)
          if (options.open === true) openInBrowser(url)
          tell('The link works once, in one tab. Ctrl-C ends Longhand.')
          if (lines !== null) tell('Press Enter for another link.')
        }
        let dataFolder: string | null = environment.dataFolder
        while (dataFolder !== null) dataFolder = await serveFrom(dataFolder)
        lines?.close()
        return DONE
      }),
    )
}
