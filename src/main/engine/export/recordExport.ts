import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CardUpdate, ModelExport } from '../../../shared/model/modelExport'
import { discardBeside, writeBeside } from '../model/durableFile'
import { readCard } from '../model/modelFolder'

/**
 * Notes an export in the card of the model that it was made of, in the place of an earlier one of the same file. Fields of
 * the card that this version does not know stay.
 * @returns 'unwritable' where the folder does not allow it, which takes nothing from the export
 */
export async function recordExport(folder: string, entry: ModelExport): Promise<CardUpdate> {
  const { exports = [] } = await readCard(folder)
  const file = join(folder, 'card.json')
  const card = JSON.parse(await readFile(file, 'utf8')) as object
  const others = exports.filter((other) => other.file !== entry.file)
  const content = `${JSON.stringify({ ...card, exports: [...others, entry] }, null, 2)}\n`
  try {
    const place = await writeBeside(file, content)
    await place()
    return 'updated'
  } catch {
    await discardBeside(file)
    return 'unwritable'
  }
}
