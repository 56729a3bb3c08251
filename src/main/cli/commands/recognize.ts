import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { Command } from 'commander'
import { AppError } from '../../../shared/errors/appError'
import type { Prediction } from '../../../shared/recognition/prediction'
import type { Environment } from '../environment'
import { isMissing, messageOf } from '../fileErrors'
import { formatShare } from '../format'
import { resolveModel } from '../references'
import { DONE, findLanguage, reportError } from '../reportError'
import type { RunCommand } from '../session'

/** The contract's own limit of a picture's file. */
const LARGEST_BYTES = 64 * 1024 * 1024

const VERDICTS: Readonly<Record<Prediction['verdict'], string>> = {
  sure: '',
  unsure: ' (not sure)',
  'not-a-character': ' (not a character)',
}

/** `longhand recognize FILE...`: reads the character in each picture. One that cannot be read does not stop the others. */
export function addRecognize(program: Command, run: RunCommand): void {
  program
    .command('recognize')
    .description('read the character in a picture: PNG, JPEG, WebP, BMP or TIFF')
    .argument('<files...>', 'pictures; - is standard input')
    .option('--model <name>', "a model's name, or its folder; the active model otherwise")
    .option('--json', 'one JSON object a line, one for each picture')
    .action((files: string[], options: { model?: string; json?: true }) =>
      run(async ({ client, environment, print, tell }) => {
        const model =
          options.model === undefined ? undefined : resolveModel(options.model, environment.userFolder)
        let exitCode = DONE
        for (const file of files) {
          try {
            const picture = await readPicture(file, environment)
            const input = { picture, file: file === '-' ? 'standard input' : file, model }
            const prediction = await client.recognition.picture(input, { signal: environment.interrupted })
            print(options.json ? JSON.stringify(toJson(file, prediction)) : describe(file, prediction))
          } catch (thrown) {
            const report = reportError(thrown, {
              language: findLanguage(environment.variables),
              verbose: program.opts<{ verbose?: true }>().verbose ?? false,
            })
            tell(report.line)
            exitCode = Math.max(exitCode, report.exitCode)
            if (environment.interrupted.aborted) break
          }
        }
        return exitCode
      }),
    )
}

function toJson(file: string, prediction: Prediction) {
  const { model, verdict, candidates, elapsedMs } = prediction
  return { file, model, verdict, candidates, elapsedMs }
}

function describe(file: string, { candidates, verdict }: Prediction): string {
  const ranked = candidates.map(({ label, probability }) => `${label} ${formatShare(probability)}`)
  return `${file}: ${candidates[0]?.label ?? '?'}${VERDICTS[verdict]}  [${ranked.join(', ')}]`
}

/** @throws AppError 'file-missing', 'file-empty' or 'file-unreadable' */
async function readPicture(file: string, environment: Environment): Promise<Uint8Array<ArrayBuffer>> {
  const name = file === '-' ? 'standard input' : file
  const content =
    file === '-'
      ? await readStream(environment.stdin)
      : await readFileUpTo(resolve(environment.userFolder, file)).catch((error: unknown) => {
          if (isMissing(error)) throw new AppError('file-missing', { file }, { cause: error })
          throw new AppError('file-unreadable', { file, detail: messageOf(error) }, { cause: error })
        })
  if (content === null) {
    throw new AppError('file-unreadable', { file: name, detail: 'it is larger than 64 MiB' })
  }
  if (content.length === 0) throw new AppError('file-empty', { file: name })
  return content
}

/** The whole file, or null where it is larger than the limit. */
async function readFileUpTo(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    return size > LARGEST_BYTES ? null : new Uint8Array(await handle.readFile())
  } finally {
    await handle.close()
  }
}

async function readStream(stream: Readable): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > LARGEST_BYTES) return null
    chunks.push(bytes)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
