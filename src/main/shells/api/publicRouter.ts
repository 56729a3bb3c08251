import { implement } from '@orpc/server'
import { publicContract } from '../../../shared/contract/publicContract'
import type { Client } from '../../../shared/contract/client'
import { AppError } from '../../../shared/errors/appError'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { squareInput } from '../../../shared/model/specs'
import { thumbnailSize } from '../../../shared/samples/sampleBlock'
import { toHttpError } from './httpErrors'

/** What other programs may ask, handed to the services through their own contract. */
export function createPublicRouter(client: Client) {
  const os = implement(publicContract).use(async ({ next }) => {
    try {
      return await next()
    } catch (thrown) {
      throw toHttpError(thrown)
    }
  })
  const named = (name: string | undefined) => checkModel(client, name)

  return os.router({
    readInk: os.readInk.handler(async ({ input: { ink, model }, signal }) =>
      client.recognition.ink({ ink, model: await named(model) }, withSignal(signal)),
    ),
    readPicture: os.readPicture.handler(async ({ input: { query, body }, signal }) => {
      const picture = new Uint8Array(await body.arrayBuffer())
      const model = await named(query?.model)
      return client.recognition.picture({ picture, file: 'picture', model }, withSignal(signal))
    }),
    listModels: os.listModels.handler(() => client.models.list()),
    listDatasets: os.listDatasets.handler(() => client.datasets.list()),
    addSamples: os.addSamples.handler(async ({ input: { dataset, samples } }) => {
      const { ids } = await client.samples.addMany({
        samples: samples.map(({ ink, label, writer, session }) => ({
          ...{ ink, label, writer, session, dataset },
          raster: inkToRaster(ink, squareInput(thumbnailSize)),
          source: 'api' as const,
          predicted: null,
          model: '',
        })),
      })
      return { ids }
    }),
  })
}

/** A program that hangs up waits for nothing any more. */
function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {}
}

/** Elsewhere a model may also be given by a path. */
async function checkModel(client: Client, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined
  const known = (await client.models.list()).map((model) => model.name)
  if (!known.includes(name)) throw new AppError('model-unknown', { name, known: known.join(', ') })
  return name
}
