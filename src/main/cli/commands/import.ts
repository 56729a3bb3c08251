import { resolve } from 'node:path'
import type { Command } from 'commander'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'

interface ImportOptions {
  out: string
  name?: string
  json?: true
}

/** `longhand import`: a model of a file that `longhand export` wrote, to read with and to train on. */
export function addImport(program: Command, run: RunCommand): void {
  program
    .command('import')
    .description('make a model of an exported ONNX file')
    .argument('<file>', 'a file that `longhand export` wrote as float32')
    .requiredOption('--out <folder>', 'folder of the new model; it must not hold anything yet')
    .option('--name <name>', "the model's name; the one in the file otherwise")
    .option('--json', 'one JSON object')
    .action((file: string, options: ImportOptions) =>
      run(async ({ client, environment, command, print }) => {
        const { userFolder, interrupted } = environment
        const model = await client.models.import(
          {
            file: resolve(userFolder, file),
            outFolder: resolve(userFolder, options.out),
            ...(options.name === undefined ? {} : { name: options.name }),
            command,
          },
          { signal: interrupted },
        )
        if (options.json) print(JSON.stringify(model))
        else print(`${model.path}: ${model.name}, ${model.parameters} parameters`)
        return DONE
      }),
    )
}
