import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { HandOdds } from '../../../shared/hand/handOdds'
import { discardBeside, writeBeside } from '../model/durableFile'
import { messageOf } from '../model/messageOf'
import { readCard } from '../model/modelFolder'

/**
 * Writes odds into the card of a model. Fields of the card that this version does not know stay.
 * @throws AppError 'model-broken', 'file-unwritable'
 */
export async function writeHandOdds(folder: string, odds: HandOdds): Promise<void> {
  await readCard(folder)
  const file = join(folder, 'card.json')
  const card = JSON.parse(await readFile(file, 'utf8')) as object
  try {
    const place = await writeBeside(file, `${JSON.stringify({ ...card, handOdds: odds }, null, 2)}\n`)
    await place()
  } catch (error) {
    await discardBeside(file)
    throw new AppError('file-unwritable', { file, detail: messageOf(error) }, { cause: error })
  }
}
