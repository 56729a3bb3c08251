import type { Command } from 'commander'
import type { Prediction } from '../../../shared/recognition/prediction'
import { formatShare } from '../format'
import { readPictureFile } from '../readPictureFile'
import { resolveModel } from '../references'
import { DONE, findLanguage, reportError } from '../reportError'
import type { RunCommand } from '../session'

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
            const picture = await readPictureFile(file, environment)
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
