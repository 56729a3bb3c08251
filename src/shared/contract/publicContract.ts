import { oc } from '@orpc/contract'
import { z } from 'zod'
import { inkSchema } from '../ink/ink'
import { predictionSchema } from '../recognition/prediction'
import { labelSchema, sessionSchema, writerSchema } from '../samples/sampleQuery'
import { datasetSchema } from './datasets'
import { modelEntrySchema, modelNameSchema } from './registry'

/** Of a picture to read; a photo of one character takes far less. */
const LARGEST_PICTURE_BYTES = 16 * 1024 * 1024
/** Of a picture, or of as many samples as one call may add. */
export const LARGEST_BODY_BYTES = LARGEST_PICTURE_BYTES

/** By name alone: a path would let a program look into folders. */
const model = modelNameSchema.optional().describe('The name of a model; the active one where it is left out.')
const readingSchema = predictionSchema.omit({ raster: true })

/**
 * What other programs may ask, over HTTP on this machine. It is built of the contract's own schemas, and each call is handed to
 * the contract; what it leaves out (paths, trainings, settings, deletions) no program can reach.
 */
export const publicContract = {
  readInk: oc
    .route({
      method: 'POST',
      path: '/v1/readings/ink',
      operationId: 'readInk',
      summary: 'Read one character of ink',
      description:
        'Ink is a list of strokes, a stroke a list of points [x, y], [x, y, t] or [x, y, t, pressure]; x grows to the right and y ' +
        'downwards, in any unit, t is in milliseconds, pressure lies in 0..1.',
      tags: ['Reading'],
    })
    .input(z.object({ ink: inkSchema, model }))
    .output(readingSchema),
  readPicture: oc
    .route({
      method: 'POST',
      path: '/v1/readings/picture',
      operationId: 'readPicture',
      summary: 'Read one character from a picture',
      description: 'The body is the file itself, with its media type as Content-Type.',
      tags: ['Reading'],
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        query: z.object({ model }).optional(),
        body: z
          .file()
          .min(1)
          .max(LARGEST_PICTURE_BYTES)
          .mime(['image/png', 'image/jpeg', 'image/webp', 'image/bmp', 'image/tiff']),
      }),
    )
    .output(readingSchema),
  listModels: oc
    .route({
      method: 'GET',
      path: '/v1/models',
      operationId: 'listModels',
      summary: 'List the models',
      tags: ['Models'],
    })
    .output(
      z.array(
        modelEntrySchema.pick({
          name: true,
          title: true,
          active: true,
          shipped: true,
          classes: true,
          parameters: true,
          created: true,
        }),
      ),
    ),
  listDatasets: oc
    .route({
      method: 'GET',
      path: '/v1/datasets',
      operationId: 'listDatasets',
      summary: 'List the data sets',
      tags: ['Samples'],
    })
    .output(z.array(datasetSchema)),
  addSamples: oc
    .route({
      method: 'POST',
      path: '/v1/datasets/{dataset}/samples',
      operationId: 'addSamples',
      summary: 'Add labelled ink to a data set',
      description: 'All of them or none. In the app, one step of undo takes them out again.',
      tags: ['Samples'],
      successStatus: 201,
    })
    .input(
      z.object({
        dataset: z.coerce.number().int().min(1).describe('The id of a data set.'),
        samples: z
          .array(
            z.object({
              ink: inkSchema,
              label: labelSchema,
              writer: writerSchema.optional().describe('Who wrote it; the user where it is left out.'),
              session: sessionSchema
                .optional()
                .describe('A sitting. Samples of one are alike, and are kept in one split.'),
            }),
          )
          .min(1)
          .max(1000),
      }),
    )
    .output(z.object({ ids: z.array(z.int()) })),
}
