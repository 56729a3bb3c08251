import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { parseWholeNumber } from '../numbers'
import { parseLabels } from '../references'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'
import { UsageError } from '../usageError'
import { writeOutput } from '../writeOutput'

interface SheetOptions {
  chars: string
  copies: number
  out: string
  force?: true
}

/** `longhand sheet`: pages to print and to fill in by pen, which `longhand cut` reads. */
export function addSheet(program: Command, run: RunCommand): void {
  program
    .command('sheet')
    .description('draw sheets to print and to fill in by pen, for "longhand cut"')
    .requiredOption('--chars <characters>', 'what to ask for: "0123456789", or "zero,one,..."')
    .requiredOption('--out <file>', 'the PDF')
    .option('--copies <number>', 'how often each is to be written', parseWholeNumber, 1)
    .option('--force', 'replace what is there')
    .action((options: SheetOptions) =>
      run(async ({ client, environment, print }) => {
        const labels = parseLabels(options.chars)
        if (labels.length === 0) throw new UsageError('--chars names no character')
        const { pdf, pages } = await client.pages.sheet(
          { labels, copies: options.copies },
          { signal: environment.interrupted },
        )
        const out = resolve(environment.userFolder, options.out)
        await writeOutput(out, (part) => writeFile(part, pdf), options.force ?? false)
        print(`wrote ${out}: ${labels.length} characters, ${pages} ${pages === 1 ? 'page' : 'pages'}`)
        return DONE
      }),
    )
}
