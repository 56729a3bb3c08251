import type { Command } from 'commander'
import type { NetworkTable } from '../../../shared/model/networkTable'
import { readSpec } from '../readSpec'
import { parseLabels } from '../references'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'

interface SpecOptions {
  classes?: string
  json?: true
}

/** `longhand spec [NAME|FILE]`: the networks that can be trained by name, or one of them layer by layer. */
export function addSpec(program: Command, run: RunCommand): void {
  program
    .command('spec')
    .description('list the networks, or show one layer by layer')
    .argument('[spec]', "a network's name, or name@side, or a JSON file that describes one")
    .option('--classes <labels>', 'what it can answer: "0123456789", or "zero,one,..."')
    .option('--json', 'one JSON object')
    .action((spec: string | undefined, options: SpecOptions) =>
      run(async ({ client, environment, print }) => {
        if (spec === undefined) {
          const names = await client.models.specs()
          for (const line of options.json ? [JSON.stringify(names)] : names) print(line)
          return DONE
        }
        const table = await client.models.tabulate(
          {
            spec: await readSpec(spec, environment.userFolder),
            ...(options.classes !== undefined && { classes: parseLabels(options.classes) }),
          },
          { signal: environment.interrupted },
        )
        for (const line of options.json ? [JSON.stringify(table)] : describeNetwork(table)) print(line)
        return DONE
      }),
    )
}

function describeNetwork({ input, layers, parameters, flops }: NetworkTable): string[] {
  const rows = [
    ['layer', 'output', 'parameters', 'MFLOP'],
    ['(input)', input.join(' x '), '', ''],
    ...layers.map((layer) => [
      layer.name,
      layer.output.join(' x '),
      layer.parameters === 0 ? '' : formatCount(layer.parameters),
      (layer.flops / 1e6).toFixed(3),
    ]),
    ['(all)', '', formatCount(parameters), (flops / 1e6).toFixed(3)],
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}
