import { Command } from 'commander'
import { addApi } from './commands/api'
import { addAudit } from './commands/audit'
import { addConvert } from './commands/convert'
import { addCut } from './commands/cut'
import { addDoctor } from './commands/doctor'
import { addEval } from './commands/eval'
import { addExport } from './commands/export'
import { addFinetune } from './commands/finetune'
import { addHand } from './commands/hand'
import { addImport } from './commands/import'
import { addModels } from './commands/models'
import { addRead } from './commands/read'
import { addReadLine } from './commands/readLine'
import { addRecognize } from './commands/recognize'
import { addSamples } from './commands/samples'
import { addServe } from './commands/serve'
import { addSetup } from './commands/setup'
import { addSheet } from './commands/sheet'
import { addSpec } from './commands/spec'
import { addTrain } from './commands/train'
import type { Environment } from './environment'
import type { RunCommand } from './session'
import { longhandVersion } from './version'

/** The commands and their flags. Nothing runs until it is parsed; `run` opens and closes what they work with. */
export function createProgram(environment: Environment, run: RunCommand): Command {
  const program = new Command('longhand')
    .description('Reads your handwriting and learns it, entirely on your own machine.')
    .version(longhandVersion)
    .option('--verbose', 'log on standard error, and stack traces')
    .configureOutput({
      writeOut: (text) => void environment.stdout.write(text),
      writeErr: (text) => void environment.stderr.write(text),
      outputError: (text, write) =>
        write(
          `longhand: ${text
            .replace(/^error: /, '')
            .trim()
            .replaceAll('\n', ' ')}\n`,
        ),
    })
    .exitOverride()
  addTrain(program, run)
  addFinetune(program, run)
  addEval(program, run)
  addRecognize(program, run)
  addRead(program, run)
  addReadLine(program, run)
  addConvert(program, run)
  addCut(program, run)
  addExport(program, run)
  addImport(program, run)
  addSamples(program, run)
  addAudit(program, run)
  addHand(program, run)
  addModels(program, run)
  addServe(program, run)
  addApi(program, run)
  addSheet(program, run)
  addSpec(program, run)
  addSetup(program, run)
  addDoctor(program, run)
  return program
}
