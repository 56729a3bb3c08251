import { Option, type Command } from 'commander'
import { resolve } from 'node:path'
import { availableParallelism } from 'node:os'
import { forkEngine } from '../../engineProcess/host/forkEngine'
import { createErrorLog } from '../../log'
import { positiveNumber } from '../numbers'
import { findPython } from '../findPython'
import { measureRecognition, type RecognitionSpeed } from './measureRecognition'

interface RecognizeOptions {
  model: string
  against?: 'onnxruntime'
  python?: string
  seconds: number
  rounds: number
  threads: number
  json?: true
}

/** `bench recognize`: how fast a model reads. */
export function addRecognize(
  program: Command,
  scriptFolder: string,
  modelFolder: string,
  programFolder: string,
): void {
  program
    .command('recognize')
    .description('how fast a model reads, one drawing at a time and in batches')
    .option('--model <folder>', "a model's folder", modelFolder)
    .addOption(new Option('--against <library>', 'the same elsewhere, in turns').choices(['onnxruntime']))
    .option('--python <program>', 'a Python with onnxruntime (also LONGHAND_PYTHON)')
    .option('--seconds <number>', 'how long each works in a round', positiveNumber, 2)
    .option('--rounds <number>', 'how often all of them take their turn', positiveNumber, 5)
    .option('--threads <number>', 'threads of each', positiveNumber, availableParallelism())
    .option('--json', 'one JSON object')
    .action(async ({ model, ...options }: RecognizeOptions) => {
      const python = options.against && (await findPython(options.python, 'onnxruntime', 'onnxruntime numpy'))
      const spawn = forkEngine({ programFolder, log: createErrorLog() })
      const plan = { ...options, modelFolder: resolve(model), python, scriptFolder, spawn }
      const result = await measureRecognition(plan)
      const lines = options.json ? [JSON.stringify(result)] : describeRecognition(result)
      process.stdout.write(`${lines.join('\n')}\n`)
    })
}

function describeRecognition(result: RecognitionSpeed): string[] {
  const { processor, model, rounds, reading, readingInProcess, imagesPerSecond, onnxruntime } = result
  const describe = ({ p50, p99, worstP99 }: RecognitionSpeed['reading']): string =>
    `p50 ${p50} ms, p99 ${p99} ms (worst round ${worstP99} ms)`
  return [
    `${processor}; ${model}; medians of ${rounds} rounds`,
    `ink to ranked answer  ${describe(reading)}`,
    `... by the process    ${describe(readingInProcess)}`,
    `in batches            ${imagesPerSecond} images/s`,
    ...(onnxruntime
      ? [
          `onnxruntime ${onnxruntime.version}  p50 ${onnxruntime.reading.p50} ms, p99 ${onnxruntime.reading.p99} ms, without the drawing`,
          `in batches            ${onnxruntime.imagesPerSecond} images/s; ratio ${onnxruntime.ratio}`,
        ]
      : []),
  ]
}
