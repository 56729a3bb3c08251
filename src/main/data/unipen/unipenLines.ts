import { malformed } from '../dataErrors'
import { readLines } from '../files/readLines'
import { includedFile } from './includedFile'

export interface UnipenLine {
  readonly file: string
  readonly number: number
  readonly text: string
}

/** Files within files within files. */
const deepestInclude = 8
const mostIncludes = 10_000

/** The lines of a UNIPEN file, with those of the files that it includes in their places. */
export async function* unipenLines(top: string, signal?: AbortSignal): AsyncGenerator<UnipenLine> {
  let includes = 0
  async function* linesOf(file: string, depth: number): AsyncGenerator<UnipenLine> {
    for await (const { number, text } of readLines(file, signal)) {
      const [, name] = /^\.INCLUDE\s+(.*\S)/.exec(text) ?? []
      if (name === undefined) {
        yield { file, number, text }
        continue
      }
      const place = `line ${number}`
      if (depth === deepestInclude) throw malformed(file, place, `files include each other ${depth} deep`)
      if (++includes > mostIncludes)
        throw malformed(file, place, `more than ${mostIncludes} files are included`)
      const included = await includedFile(top, name)
      if (included === null) {
        throw malformed(file, place, `"${name.slice(0, 200)}" is not in its folder or in one named include`)
      }
      yield* linesOf(included, depth + 1)
    }
  }
  yield* linesOf(top, 0)
}
