import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import type { Raster } from '../../../shared/image/raster'
import type { PageCharacter, PageLine, PageLayout } from '../../../shared/recognition/page/pageReading'
import type { Expectation } from '../../../shared/recognition/line/lineReading'
import { findPageRows } from '../../data/page/findPageRows'
import { cropPieces } from '../../data/page/lines/cropPieces'
import type { PagePiece, PagePieces } from '../../data/page/lines/pagePiece'
import { takePageApart } from '../../data/page/lines/takePageApart'
import type { Recognizer } from '../../engine/infer/recognizer'
import type { DecodedCharacter } from '../../engine/line/decodeLattices'
import { readPieces, type PieceAtom } from '../../engine/line/readPieces'

/** What is on a picture: the page with its lines level, and what each line says, from the top. */
export interface ReadPage {
  readonly page: Raster
  readonly turned: number
  readonly lines: readonly PageLine[]
}

/**
 * Reads a picture: straightens it, finds its lines, takes each apart and decodes it.
 *
 * @param picture dark on light
 */
export async function readPageLines(
  picture: Raster,
  model: Recognizer,
  { expects, layout }: { expects: Expectation; layout: PageLayout },
): Promise<ReadPage> {
  const straight = findPageRows(picture, layout)
  const apart = takePageApart(straight)
  const lines: PageLine[] = []
  for (const { pieces } of apart.lines) {
    if (pieces.length > 0) lines.push(await readOne(pieces, apart, model, expects))
  }
  const { page, turned } = straight
  return { page, turned, lines: lines.filter(({ characters }) => characters.length > 0) }
}

async function readOne(
  pieces: readonly PagePiece[],
  page: PagePieces,
  model: Recognizer,
  expects: Expectation,
): Promise<PageLine> {
  const { spec, calibration } = model.card
  const byId = new Map(pieces.map((piece) => [piece.id, piece]))
  const piecesOf = (atoms: readonly PieceAtom[]): PagePiece[] => atoms.flatMap(({ id }) => byId.get(id) ?? [])
  const decoded = await readPieces(
    pieces.map((piece) => atomOf(piece, page.strokeWidth)),
    expects,
    {
      classes: spec.classes,
      sureAt: calibration.sureAt,
      classify: (groups) =>
        model.probabilities(
          groups.map((atoms) => pictureToRaster(cropPieces(page, piecesOf(atoms)), spec.input)),
        ),
    },
  )
  const { text, characters, alternatives, fits } = decoded
  return {
    text,
    alternatives,
    fits,
    characters: characters.map((character) => characterOf(character, piecesOf(character.segment.atoms))),
  }
}

function atomOf({ id, uprightBounds, isCut, area, across }: PagePiece, strokeWidth: number): PieceAtom {
  return {
    id,
    bounds: uprightBounds,
    label: null,
    isCut,
    shape: { length: area / Math.max(1, strokeWidth), across },
  }
}

function characterOf(
  { label, probability, sure, candidates, spaceBefore }: DecodedCharacter<PieceAtom>,
  pieces: readonly PagePiece[],
): PageCharacter {
  const x = Math.min(...pieces.map(({ bounds }) => bounds.left))
  const y = Math.min(...pieces.map(({ bounds }) => bounds.top))
  const right = Math.max(...pieces.map(({ bounds }) => bounds.left + bounds.width))
  const bottom = Math.max(...pieces.map(({ bounds }) => bounds.top + bounds.height))
  const box = { x, y, width: right - x, height: bottom - y }
  return { box, label, probability, sure, candidates, spaceBefore }
}
