import { AppError } from '../../../shared/errors/appError'
import { invert } from '../../../shared/image/polarity'
import { wordsOf } from '../../../shared/recognition/page/wordsOf'
import { cropCharacters } from '../../data/page/cropCharacters'
import { cutPage } from '../../data/page/cutPage'
import { readPage } from '../../data/page/readPage'
import { drawSheets } from '../../data/sheet/drawSheet'
import { drawSearchablePdf } from '../../data/write/drawSearchablePdf'
import { readSheet } from '../../data/sheet/readSheet'
import type { EngineHandlers } from '../protocol/serve'
import { toPng } from './toPng'

/** Pages of handwriting. Their pictures are a stranger's, so that they are decoded and cut in this process. */
export const pageHandlers: Pick<
  EngineHandlers,
  'cutPage' | 'cropCharacters' | 'drawSheets' | 'drawSearchablePdf'
> = {
  cutPage: async ({ picture, file, quarterTurns, sheet: sheetOnly }) => {
    const picturePage = await readPage(picture, file, quarterTurns)
    const found = readSheet(picturePage)
    if (found) {
      const { sheet, characters, page, pages } = found
      if (characters.length === 0) throw new AppError('picture-blank', { file })
      const { width, height } = sheet
      return { page: await toPng(sheet), width, height, boxes: [...characters], sheet: { page, pages } }
    }
    if (sheetOnly) throw new AppError('sheet-missing', { file })
    const { page, characters } = cutPage(picturePage)
    if (characters.length === 0) throw new AppError('picture-blank', { file })
    const boxes = characters.map((character) => ({ ...character, label: null }))
    return { page: await toPng(page), width: page.width, height: page.height, boxes, sheet: null }
  },
  drawSheets: ({ labels, copies }) => drawSheets(labels, copies),
  drawSearchablePdf: async ({ pages }) => ({
    pdf: await drawSearchablePdf(
      pages.map(({ page, width, height, lines }) => ({
        picture: page,
        width,
        height,
        words: wordsOf(lines),
      })),
    ),
  }),
  cropCharacters: async ({ page, boxes, input }) =>
    Promise.all(
      cropCharacters(await readPage(page, 'the page'), boxes, input).map(async ({ picture, raster }) => ({
        raster,
        picture: await toPng(invert(picture)),
      })),
    ),
}
