import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = 'src/renderer'
const components = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|css)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))

/** Tailwind's classes for one side, which stay where they are when the text runs from right to left. */
const sideClass =
  /(?<=[\s"'`:!])-?(?:[mp][lr]|left(?!-handed)|right|border-[lr]|rounded-(?:[lr]|[tb][lr])|scroll-[mp][lr])-[\w.[\]/%-]+|(?<=[\s"'`:])(?:text|float|clear)-(?:left|right)\b/g
/** Their like in style sheets and style attributes. */
const sideStyle = /\b(?:margin|padding|border)-(?:left|right)\b|\btext-align:\s*(?:left|right)\b/g
/** A date or a number in the machine's language, whatever the app's is. */
const unspoken = /\.toLocale(?:Date|Time)?String\(\)/g

const found = (pattern: RegExp) =>
  components.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([match]) => `${file}: ${match}`))

describe('components', () => {
  it('know the start and the end of a line, not left and right', () => {
    expect([...found(sideClass), ...found(sideStyle)]).toEqual([])
  })

  it('would be caught if they did', () => {
    const matches = (text: string) => [...text.matchAll(sideClass)].map(([match]) => match)
    expect(matches('class="-ml-2 wide:pr-3 text-left left-0 border-l-2"')).toEqual([
      '-ml-2',
      'pr-3',
      'text-left',
      'left-0',
      'border-l-2',
    ])
    expect(matches('class="ms-2 pe-3 text-start border-line rounded-lg max-wide:px-2"')).toEqual([])
  })

  it('write numbers and dates in the language of the app', () => {
    expect(found(unspoken)).toEqual([])
  })
})
