import { readFile, stat } from 'node:fs/promises'
import { basename, extname, isAbsolute, resolve } from 'node:path'
import type { DesktopEvent } from '../../../shared/contract/desktop'
import type { Logger } from '../../../shared/logger'

const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.webp', '.bmp', '.tif', '.tiff'])
const MODELS = new Set(['.onnx', '.longhand'])
/** As the contract has it. */
const LARGEST_PICTURE_BYTES = 64 * 1024 * 1024

/** The files among a program's arguments. Whatever else is there is Chromium's, or nothing. */
function filesIn(args: readonly string[], folder: string): string[] {
  return args
    .filter((arg) => !arg.startsWith('-') && (PICTURES.has(kindOf(arg)) || MODELS.has(kindOf(arg))))
    .map((arg) => (isAbsolute(arg) ? arg : resolve(folder, arg)))
}

/** Of Electron's `app`, the two ways in which it passes on a file. */
interface FileEvents {
  on(event: 'open-file', listener: (event: { preventDefault(): void }, file: string) => void): unknown
  on(event: 'second-instance', listener: (event: unknown, argv: string[], folder: string) => void): unknown
}

/**
 * Collects the files that the system asks the app to open, from before it is ready: macOS asks by an event, the others start
 * it a second time with the file as an argument.
 */
export class OpenedFiles {
  #waiting: string[]
  #open = (file: string): void => void this.#waiting.push(file)

  constructor(app: FileEvents, args: readonly string[], folder: string) {
    this.#waiting = filesIn(args, folder)
    app.on('open-file', (event, file) => {
      event.preventDefault()
      this.#open(file)
    })
    app.on('second-instance', (_event, argv, cwd) => {
      for (const file of filesIn(argv.slice(1), cwd)) this.#open(file)
    })
  }

  /** Gives out what was collected, then what comes. */
  deliver(open: (file: string) => void): void {
    this.#open = open
    for (const file of this.#waiting.splice(0)) open(file)
  }
}

/**
 * What the page is told of a file, or null where it is none that we open. A picture goes to it as it lies on the disk; it is
 * the engine process that decodes it.
 */
export async function eventForFile(file: string, log: Logger): Promise<DesktopEvent | null> {
  if (MODELS.has(kindOf(file))) return { event: 'model', file }
  if (!PICTURES.has(kindOf(file))) return null
  try {
    const { size } = await stat(file)
    if (size > LARGEST_PICTURE_BYTES) {
      log.warn({ size }, 'a picture that was opened is too large')
      return null
    }
    const bytes = new Uint8Array(await readFile(file))
    return { event: 'picture', name: basename(file), bytes }
  } catch (error) {
    log.warn({ error }, 'a picture that was opened cannot be read')
    return null
  }
}

function kindOf(file: string): string {
  return extname(file).toLowerCase()
}
