import { AppError } from '../../../shared/errors/appError'
import { invert } from '../../../shared/image/polarity'
import { cropCharacters } from '../../data/page/cropCharacters'
import { cutPage } from '../../data/page/cutPage'
import { readPage } from '../../data/page/readPage'
import { encodePng } from '../../data/write/encodePicture'
import type { Raster } from '../../../shared/image/raster'
import type { EngineHandlers } from '../protocol/serve'

/** Pages of handwriting. Their pictures are a stranger's, so that they are decoded and cut in this process. */
export const pageHandlers: Pick<EngineHandlers, 'cutPage' | 'cropCharacters'> = {
  cutPage: async ({ picture, file, quarterTurns }) => {
    const { page, characters } = cutPage(await readPage(picture, file, quarterTurns))
    if (characters.length === 0) throw new AppError('picture-blank', { file })
    const boxes = characters.map((character) => ({ ...character, label: null }))
    return { page: await toPng(page), width: page.width, height: page.height, boxes, sheet: null }
  },
  cropCharacters: async ({ page, boxes, input }) =>
    Promise.all(
      cropCharacters(await readPage(page, 'the page'), boxes, input).map(async ({ picture, raster }) => ({
        raster,
        picture: await toPng(invert(picture)),
      })),
    ),
}

/** Bytes on memory of their own: a small Buffer is a view into a shared one, all of which would be sent. */
const toPng = async (picture: Raster): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await encodePng(picture))
