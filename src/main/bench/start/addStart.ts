import type { Command } from 'commander'
import { positiveNumber } from '../numbers'
import { medianOf } from '../takeTurns'
import { measureElectronStart } from './measureElectronStart'
import { measureStart } from './measureStart'

interface StartOptions {
  rounds: number
}

/** `bench start`: from the start of the process to the first reading, in the browser shell, and in Electron where that is there. */
export function addStart(program: Command, root: string, programFolder: string): void {
  program
    .command('start')
    .description('from process start to the first reading')
    .option('--rounds <number>', 'how often', positiveNumber, 5)
    .action(async ({ rounds }: StartOptions) => {
      const print = (line: string): void => void process.stdout.write(`${line}\n`)
      const chromium = process.env.LONGHAND_CHROMIUM
      if (!chromium) print('Browser shell: not measured, there is no Chromium.')
      else {
        const starts = await measureStart(programFolder, chromium, rounds)
        const median = (name: keyof (typeof starts)[number]): string =>
          `${Math.round(
            medianOf(
              starts.map((start) => ({ ...start })),
              (start) => start[name] ?? NaN,
            ),
          )} ms`
        print(
          `Browser shell, ${rounds} starts: served after ${median('servedMs')}, the Write screen drawn after ${median('drawnMs')}, ` +
            `the first character read after ${median('readMs')}; the main process used ${median('mainProcessorMs')} of processor time.`,
        )
      }
      const electron = await measureElectronStart(root, rounds)
      if (electron === null) print('Electron: not measured, its program is not here.')
      else {
        print(
          `Electron: read after ${Math.round(electron.readMs)} ms, ${electron.ratio.toFixed(2)} times an empty window ` +
            `(${Math.round(electron.emptyMs)} ms).`,
        )
      }
    })
}
