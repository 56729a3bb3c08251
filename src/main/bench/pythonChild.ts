import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { z } from 'zod'

/** A Python program that stays up: it reads one line a request, and answers each with one line of JSON. */
export interface PythonChild {
  ask<T>(request: string, answer: z.ZodType<T>): Promise<T>
  close(): Promise<void>
}

export function startPython(python: string, script: string, args: readonly string[]): PythonChild {
  const child = spawn(python, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve())
  })
  const failed = new Promise<never>((_, reject) => {
    child.on('error', reject)
  })
  // Without a request under way nobody waits for it.
  failed.catch(() => undefined)
  return {
    async ask(request, answer) {
      child.stdin.write(`${request}\n`)
      const line = await Promise.race([lines.next(), failed])
      if (line.done) throw new Error(`${script} ended before it answered '${request}'`)
      return answer.parse(JSON.parse(line.value))
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
