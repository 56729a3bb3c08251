import { AppError } from '../../../shared/errors/appError'
import type { Ink } from '../../../shared/ink/ink'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import type { Raster } from '../../../shared/image/raster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Prediction } from '../../../shared/recognition/prediction'
import { readPage } from '../../data/page/readPage'
import { readPicture } from '../../data/pictures/readPicture'
import { Recognizer } from '../../engine/infer/recognizer'
import { modelVersion, readCard } from '../../engine/model/modelFolder'
import { readLine } from '../../engine/line/readLine'
import { readJoined } from '../../engine/text/readJoined'
import { TextRecognizer } from '../../engine/text/textRecognizer'
import type { EngineHandlers } from '../protocol/serve'
import { readFormFields } from './readFormFields'
import { readPageLines } from './readPageLines'
import { toPng } from './toPng'

/**
 * Reading, with the models that were asked for so far kept loaded. They are few: another model than the active one is read
 * with only on request.
 */
export function recognizeHandlers(): Pick<
  EngineHandlers,
  'load' | 'recognizeInk' | 'recognizePicture' | 'recognizeLine' | 'readPage' | 'readForm'
> {
  const card = keepLoaded(readCard)
  const recognizer = keepLoaded((folder) => Recognizer.load(folder, { provider: 'cpu' }))
  const textRecognizer = keepLoaded((folder) => TextRecognizer.load(folder, { provider: 'cpu' }))

  const read = async (
    folder: string,
    rasterize: (input: ModelInput) => Raster | Promise<Raster>,
  ): Promise<Prediction> => {
    const model = await recognizer(folder)
    const started = performance.now()
    const raster = await rasterize(model.card.spec.input)
    const ranked = await model.rank(raster.pixels)
    return { model: model.card.name, ...ranked, raster, elapsedMs: performance.now() - started }
  }

  return {
    load: async ({ modelFolder }) => (await recognizer(modelFolder)).card,
    recognizeInk: ({ modelFolder, ink }) => {
      refuseBlank(ink)
      return read(modelFolder, (input) => inkToRaster(ink, input))
    },
    recognizeLine: async ({ modelFolder, request }) => {
      refuseBlank(request.ink)
      const { text } = (await card(modelFolder)).spec
      const model = text ? await textRecognizer(modelFolder) : await recognizer(modelFolder)
      const started = performance.now()
      const reading =
        model instanceof TextRecognizer
          ? await readJoined(request, model.textModel())
          : await readLine(request, model.lineModel())
      return { model: model.card.name, ...reading, elapsedMs: performance.now() - started }
    },
    readPage: async ({ modelFolder, request }) => {
      const model = await recognizer(modelFolder)
      const started = performance.now()
      const picture = await readPage(request.picture, request.file, request.quarterTurns)
      const { page, turned, lines } = await readPageLines(picture, model, request)
      if (lines.length === 0) throw new AppError('picture-blank', { file: request.file })
      return {
        model: model.card.name,
        page: await toPng(page),
        width: page.width,
        height: page.height,
        turned,
        lines: [...lines],
        elapsedMs: performance.now() - started,
      }
    },
    readForm: async ({ modelFolder, request }) => {
      const model = await recognizer(modelFolder)
      const started = performance.now()
      const fields = await readFormFields(request, model)
      return { model: model.card.name, fields, elapsedMs: performance.now() - started }
    },
    recognizePicture: ({ modelFolder, picture, file }) =>
      read(modelFolder, async (input) => {
        const raster = pictureToRaster(await readPicture(picture, file), input)
        // A page with nothing but its own grain or a shadow; the decoder alone cannot tell.
        if (raster.pixels.every((value) => value === 0)) throw new AppError('picture-blank', { file })
        return raster
      }),
  }
}

/** Loads what is asked for once, and anew where another model has taken its place in the folder. */
function keepLoaded<T>(load: (folder: string) => Promise<T>): (folder: string) => Promise<T> {
  const loaded = new Map<string, { version: string; model: Promise<T> }>()
  return async (folder) => {
    const version = await modelVersion(folder)
    const known = loaded.get(folder)
    if (known?.version === version) return known.model
    const entry = { version, model: load(folder) }
    loaded.set(folder, entry)
    // What could not be loaded may have been mended when it is asked for again.
    entry.model.catch(() => loaded.get(folder) === entry && loaded.delete(folder))
    return entry.model
  }
}

function refuseBlank(ink: Ink): void {
  if (!ink.some((stroke) => stroke.length > 0)) throw new AppError('ink-blank', {})
}
