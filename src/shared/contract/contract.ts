import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { inkSchema } from '../ink/ink'
import { modelCardSchema } from '../model/modelCard'
import { modelSpecSchema } from '../model/modelSpec'
import { networkTableSchema } from '../model/networkTable'
import { evaluationSchema } from '../recognition/evaluation'
import { predictionSchema } from '../recognition/prediction'
import { providerSchema, recipeSchema } from '../training/recipe'
import { trainingEventSchema } from '../training/trainingEvent'
import { newSampleSchema, sampleCountsSchema } from './samples'
import { settingsSchema } from './settings'
import { doctorReportSchema } from './system'

/** The name of a model that ships or was made here, or the path of a model's folder. */
const modelReference = z.string().min(1).max(4096)
/** `mnist:test`, `mnist:train`, `ink:FILE`, `images:PATH` or `idx:IMAGES,LABELS`. */
const dataReference = z.string().min(1).max(8192)
const jobId = z.string().min(1).max(64)

/**
 * Everything that a renderer, the command line or a test can ask of the services. Implemented in main/services, carried by
 * a MessagePort (Electron), a WebSocket (browser shell) or within the process (command line); the client type is the same.
 */
export const contract = {
  recognition: {
    /** Reads one character. `model` is the active model where it is left out. */
    ink: oc.input(z.object({ ink: inkSchema, model: modelReference.optional() })).output(predictionSchema),
    /** Reads one character from an encoded picture: PNG, JPEG, WebP, BMP or TIFF. `file` names it in errors. */
    picture: oc
      .input(
        z.object({
          picture: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 64 * 1024 * 1024),
          file: z.string().max(4096),
          model: modelReference.optional(),
        }),
      )
      .output(predictionSchema),
  },
  models: {
    list: oc.output(
      z.array(z.object({ name: z.string(), folder: z.string(), shipped: z.boolean(), active: z.boolean() })),
    ),
    card: oc.input(z.object({ model: modelReference })).output(modelCardSchema),
    /** The specs that can be trained by name, without their classes, which come from the data. */
    specs: oc.output(z.array(z.string())),
    /** A network layer by layer: what each gives, its parameters and its cost. `classes` are for a named spec. */
    tabulate: oc
      .input(
        z.object({
          spec: z.union([z.string().min(1).max(64), modelSpecSchema]),
          classes: z.array(z.string()).min(2).default(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
        }),
      )
      .output(networkTableSchema),
  },
  training: {
    /** Starts a training and answers at once. One runs at a time. */
    start: oc
      .input(
        z.object({
          /** A spec's name, or a spec. */
          spec: z.union([z.string().min(1).max(64), modelSpecSchema]),
          /** Classes of a named spec; the labels of the data where it is left out. */
          classes: z.array(z.string()).optional(),
          data: dataReference,
          /** A model of the same network, whose weights are trained on; random ones where it is left out. */
          from: modelReference.optional(),
          outFolder: z.string().min(1).max(4096),
          name: z.string().min(1).max(64).optional(),
          recipe: recipeSchema.prefault({}),
          provider: providerSchema.default('cpu'),
          /** The command line, for the card. */
          command: z.string().max(8192).default(''),
        }),
      )
      .output(z.object({ job: jobId })),
    /** Every event since the start, then those to come; it can be left and joined again. Ends after 'done'. */
    watch: oc.input(z.object({ job: jobId })).output(eventIterator(trainingEventSchema)),
    /** Stops between two steps; the best epoch so far stays. */
    cancel: oc.input(z.object({ job: jobId })),
  },
  evaluation: {
    /** Progress, then the result; leaving the stream cancels it. */
    run: oc
      .input(
        z.object({
          model: modelReference,
          data: dataReference,
          /** Keeps just these labels. */
          only: z.array(z.string()).nullable().default(null),
          provider: providerSchema.default('cpu'),
        }),
      )
      .output(
        eventIterator(
          z.discriminatedUnion('event', [
            z.object({ event: z.literal('progress'), done: z.int(), total: z.int() }),
            z.object({ event: z.literal('done'), evaluation: evaluationSchema }),
          ]),
        ),
      ),
  },
  samples: {
    add: oc.input(newSampleSchema).output(z.object({ id: z.string(), counts: sampleCountsSchema })),
    /** Takes a sample out again (the undo of `add`). */
    remove: oc
      .input(z.object({ id: z.string().min(1).max(64) }))
      .output(z.object({ counts: sampleCountsSchema })),
    counts: oc.output(sampleCountsSchema),
  },
  settings: {
    get: oc.output(settingsSchema),
    /** Changes the given fields and keeps the others. */
    update: oc.input(settingsSchema.partial()).output(settingsSchema),
  },
  system: {
    /** Versions, providers that really work, GPU, data folder, disk. Takes seconds: it runs a graph on each provider. */
    doctor: oc.output(doctorReportSchema),
  },
}
