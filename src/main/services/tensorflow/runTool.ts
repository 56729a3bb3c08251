import { spawn } from 'node:child_process'

const KEPT_OUTPUT = 4000

export class ToolError extends Error {
  override readonly name = 'ToolError'
}

/**
 * Runs another program to its end.
 * @returns what it wrote on its standard output
 * @throws ToolError with the last of what it said where it cannot be started or fails; the signal's reason once that is aborted
 */
export function runTool(
  program: string,
  args: readonly string[],
  { signal, folder }: { signal: AbortSignal; folder?: string },
): Promise<string> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const stop = (): void => void child.kill()
    signal.addEventListener('abort', stop)
    let result = ''
    let said = ''
    const hear = (text: string): void => void (said = (said + text).slice(-KEPT_OUTPUT))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result += text
      hear(text)
    })
    child.stderr.setEncoding('utf8').on('data', hear)
    const end = (failure: string | null): void => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(signal.reason as Error)
      else if (failure === null) resolve(result)
      else reject(new ToolError(failure))
    }
    child.on('error', (error) => end(error.message))
    child.on('close', (code) => end(code === 0 ? null : lastLine(said) || `${program} ended with ${code}`))
  })
}

/** What a program says last is mostly why it failed; a line that names an error says it better. */
function lastLine(text: string): string {
  const lines = text.split('\n').flatMap((line) => line.trim() || [])
  return lines.findLast((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? ''
}
