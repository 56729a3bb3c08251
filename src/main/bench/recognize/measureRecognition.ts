import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ink } from '../../../shared/ink/ink'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { Random } from '../../../shared/random'
import { writtenForm, writtenFormLabels } from '../../data/augment/writtenForms'
import { Recognizer } from '../../engine/infer/recognizer'
import { EngineClient } from '../../engineProcess/host/engineClient'
import type { SpawnEngine } from '../../engineProcess/host/engineProcessHandle'
import { measureBatches } from '../contestant'
import { startPython, type PythonChild } from '../pythonChild'
import { takeLatencies, type Latency } from './takeLatencies'

/** Samples that go through the network at once where throughput is measured. */
const batchSize = 256

export interface RecognitionSpeed {
  readonly processor: string
  readonly model: string
  readonly rounds: number
  /** From ink to ranked answer, in milliseconds: the median over the rounds, and the worst round. */
  readonly reading: Latency & { readonly worstP99: number }
  /** The same as the app asks for it: of the `recognize` process, the way there and back included. */
  readonly readingInProcess: Latency & { readonly worstP99: number }
  /** Images per second, in batches. */
  readonly imagesPerSecond: number
  readonly onnxruntime?: {
    readonly version: string
    /** The network and the ranking alone, from a tensor that is ready. */
    readonly reading: Latency
    readonly imagesPerSecond: number
    /** Longhand's throughput against it. */
    readonly ratio: number
  }
}

interface Plan {
  readonly modelFolder: string
  readonly seconds: number
  readonly rounds: number
  readonly threads: number
  readonly python?: string | undefined
  readonly scriptFolder: string
  /** Starts the `recognize` process. */
  readonly spawn: SpawnEngine
}

/** Reads drawn digits one by one and in batches, in turns with Python's onnxruntime on the same model where it is given. */
export async function measureRecognition(plan: Plan): Promise<RecognitionSpeed> {
  const { modelFolder, seconds, threads } = plan
  const rounds = Math.ceil(plan.rounds)
  const recognizer = await Recognizer.load(modelFolder, { provider: 'cpu', threads })
  const dataFolder = await mkdtemp(join(tmpdir(), 'longhand-bench-'))
  const client = new EngineClient(plan.spawn('recognize', dataFolder))
  const { input, name } = { ...recognizer.card.spec, name: recognizer.card.name }
  const inks = drawInks()
  const batch = new Uint8Array(batchSize * input.width * input.height)
  inks.slice(0, batchSize).forEach((ink, i) => {
    batch.set(inkToRaster(ink, input).pixels, i * input.width * input.height)
  })
  const python = plan.python === undefined ? null : startOnnxruntime(plan.python, plan, input)
  const version = await python?.ask('version', z.object({ version: z.string() }))

  const ours: (Latency & { inProcess: Latency; imagesPerSecond: number })[] = []
  const theirs: (Latency & { imagesPerSecond: number })[] = []
  for (let round = 0; round <= rounds; round++) {
    const inkOf = (turn: number): Ink => inks[turn % inks.length] ?? []
    const latency = await takeLatencies(seconds, async (turn) => {
      await recognizer.rank(inkToRaster(inkOf(turn), input).pixels)
    })
    const inProcess = await takeLatencies(seconds, async (turn) => {
      await client.request('recognizeInk', { modelFolder, ink: inkOf(turn) })
    })
    const imagesPerSecond = await measureBatches(batchSize, seconds, async () => {
      await recognizer.logits(batch)
    })
    // The first round warms up.
    if (round > 0) ours.push({ ...latency, inProcess, imagesPerSecond })
    if (python) {
      const reading = await python.ask(`latency ${seconds}`, latencySchema)
      const speed = await python.ask(`throughput ${seconds} ${batchSize}`, speedSchema)
      if (round > 0) theirs.push({ ...reading, ...speed })
    }
    process.stderr.write(`round ${round} of ${rounds}\n`)
  }
  await recognizer.release()
  await client.stop()
  await rm(dataFolder, { recursive: true })
  await python?.close()

  const ratios = ours.map((round, i) => round.imagesPerSecond / (theirs[i]?.imagesPerSecond ?? NaN))
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    model: name,
    rounds,
    reading: withWorst(ours),
    readingInProcess: withWorst(ours.map(({ inProcess }) => inProcess)),
    imagesPerSecond: Math.round(median(ours.map((round) => round.imagesPerSecond))),
    ...(version && {
      onnxruntime: {
        version: version.version,
        reading: latencyOf(theirs),
        imagesPerSecond: Math.round(median(theirs.map((round) => round.imagesPerSecond))),
        ratio: rounded(median(ratios)),
      },
    }),
  }
}

const latencySchema = z.object({ p50: z.number(), p99: z.number() })
const speedSchema = z.object({ imagesPerSecond: z.number() })

function startOnnxruntime(
  python: string,
  { modelFolder, scriptFolder, threads }: Plan,
  { height, width }: { height: number; width: number },
): PythonChild {
  const model = join(modelFolder, 'model.onnx')
  const args = [model, height, width, threads].map(String)
  return startPython(python, join(scriptFolder, 'recognizeOnnxruntime.py'), args)
}

/** Digits as a pen would give them, of many shapes. */
function drawInks(): Ink[] {
  return Array.from({ length: 512 }, (_, i) =>
    writtenForm(writtenFormLabels[i % writtenFormLabels.length] ?? '1', new Random(3, i)),
  )
}

function latencyOf(rounds: readonly Latency[]): Latency {
  return {
    p50: rounded(median(rounds.map(({ p50 }) => p50))),
    p99: rounded(median(rounds.map(({ p99 }) => p99))),
  }
}

function withWorst(rounds: readonly Latency[]): Latency & { worstP99: number } {
  return { ...latencyOf(rounds), worstP99: rounded(Math.max(...rounds.map(({ p99 }) => p99))) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

const rounded = (value: number): number => Math.round(1000 * value) / 1000
