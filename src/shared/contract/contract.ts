import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { inkSchema } from '../ink/ink'
import { explanationSchema, insideViewSchema, subjectSchema } from '../model/explanation'
import { modelCardSchema } from '../model/modelCard'
import { precisionSchema } from '../model/modelExport'
import { modelSpecSchema } from '../model/modelSpec'
import { networkTableSchema } from '../model/networkTable'
import { evaluationSchema } from '../recognition/evaluation'
import { lineReadingSchema, lineRequestSchema, wordListSchema } from '../recognition/line/lineReading'
import { predictionSchema } from '../recognition/prediction'
import { providerRequestSchema } from '../training/providerChoice'
import { providerSchema, recipeSchema } from '../training/recipe'
import { trainingEventSchema } from '../training/trainingEvent'
import { apiRoutes } from './apiAccess'
import { conversionFormatSchema, conversionProgressSchema, conversionSchema } from './conversion'
import { desktopEventSchema } from './desktop'
import { exportEventSchema, modelImportEventSchema, shareEventSchema } from './exchange'
import { handRoutes } from './handRoutes'
import { pictureBytesSchema } from './pages'
import { pageRoutes } from './pagesRoutes'
import { datasetRoutes, historyRoutes, sampleRoutes, viewRoutes } from './samplesRoutes'
import { dataReference, modelReference } from './references'
import { registryRoutes } from './registryRoutes'
import { teachingRoutes } from './teachingRoutes'
import { settingsSchema } from './settings'
import { storageRoutes } from './storage'
import { doctorReportSchema } from './system'
import { tensorflowSetupEventSchema, tensorflowSourceSchema, tensorflowStatusSchema } from './tensorflow'
import { engineRequestSchema, trainingEngineSchema } from '../training/trainingEngine'
import { jobIdSchema, trainingStatusSchema } from './training'

/**
 * Everything that a renderer, the command line or a test can ask of the services. Implemented in main/services, carried by
 * a MessagePort (Electron), a WebSocket (browser shell) or within the process (command line); the client type is the same.
 */
export const contract = {
  recognition: {
    /** Reads one character. `model` is the active model where it is left out. */
    ink: oc.input(z.object({ ink: inkSchema, model: modelReference.optional() })).output(predictionSchema),
    /** Reads a line of separate characters; with a model of words, joined-up writing word by word. */
    line: oc.input(lineRequestSchema.extend({ model: modelReference.optional() })).output(lineReadingSchema),
    /** Reads one character from an encoded picture: PNG, JPEG, WebP, BMP or TIFF. `file` names it in errors. */
    picture: oc
      .input(
        z.object({
          picture: pictureBytesSchema,
          file: z.string().max(4096),
          model: modelReference.optional(),
        }),
      )
      .output(predictionSchema),
  },
  hand: handRoutes,
  models: {
    ...registryRoutes,
    card: oc.input(z.object({ model: modelReference })).output(modelCardSchema),
    /** The specs that can be trained by name, without their classes, which come from the data. */
    specs: oc.output(z.array(z.string())),
    /**
     * Writes a model as an ONNX file for other programs, with its report beside it as `FILE.json`. What was written is run
     * beside the model first. With data, it is measured on that too. Progress, then the result; leaving the stream cancels it.
     */
    export: oc
      .input(
        z.object({
          model: modelReference,
          file: z.string().min(1).max(4096),
          precision: precisionSchema.default('float32'),
          data: dataReference.optional(),
          /** Replaces what is at the file's place. */
          force: z.boolean().default(false),
        }),
      )
      .output(eventIterator(exportEventSchema)),
    /**
     * Writes a model as one `.longhand` file for another Longhand: its weights, its card, what is said of it, data of its own
     * kind, and samples where they are named. Progress, then the result; leaving the stream cancels it.
     */
    share: oc
      .input(
        z.object({
          model: modelReference,
          file: z.string().min(1).max(4096),
          /** Samples to go with it, `dataset:NAME` and so on. */
          data: dataReference.optional(),
          /** Replaces what is at the file's place. */
          force: z.boolean().default(false),
        }),
      )
      .output(eventIterator(shareEventSchema)),
    /**
     * Makes a model, which can be trained on, of a file that was exported as float32, or of a `.longhand` file. Progress, then
     * the result; leaving the stream cancels it.
     */
    import: oc
      .input(
        z.object({
          file: z.string().min(1).max(4096),
          /** A new one among the user's own models where it is left out. */
          outFolder: z.string().min(1).max(4096).optional(),
          name: z.string().min(1).max(64).optional(),
          /** The command line, for the card. */
          command: z.string().max(8192).default(''),
        }),
      )
      .output(eventIterator(modelImportEventSchema)),
    /** Why a model reads something as it does; the active model's answer where nothing else is named. */
    explain: oc
      .input(
        z.object({
          model: modelReference.optional(),
          subject: subjectSchema,
          label: z.string().max(64).optional(),
        }),
      )
      .output(explanationSchema),
    /** What each layer makes of something, with the filters that it does so by. */
    lookInside: oc
      .input(z.object({ model: modelReference.optional(), subject: subjectSchema }))
      .output(insideViewSchema),
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
    /** Starts a training and answers at once. One runs at a time, in all processes that use the data folder. */
    start: oc
      .input(
        z.object({
          /** A spec's name, or a spec. A name may say the side of the raster, `resnet@48`. */
          spec: z.union([z.string().min(1).max(64), modelSpecSchema]),
          /** Classes of a named spec; the labels of the data where it is left out. */
          classes: z.array(z.string()).optional(),
          data: dataReference,
          /** A model of the same network, whose weights are trained on; random ones where it is left out. */
          from: modelReference.optional(),
          /** Where it is left out, a new folder among the user's own models. */
          outFolder: z.string().min(1).max(4096).optional(),
          name: z.string().min(1).max(64).optional(),
          recipe: recipeSchema.prefault({}),
          /** Engine and provider are those of the settings where they are left out. */
          engine: engineRequestSchema.optional(),
          /** 'auto' measures them, for a few seconds the first time, and takes the fastest. */
          provider: providerRequestSchema.optional(),
          /** Between two checkpoints within an epoch; there is one after each epoch and at each pause anyway. */
          checkpointSeconds: z.number().min(0).max(86_400).default(30),
          /** The command line, for the card. */
          command: z.string().max(8192).default(''),
        }),
      )
      .output(z.object({ job: jobIdSchema, outFolder: z.string() })),
    /** Goes on with a training that was interrupted, from the checkpoint in its folder, with its own recipe. */
    resumeFrom: oc
      .input(
        z.object({
          folder: z.string().min(1).max(4096),
          /** In place of the recipe's. */
          learningRate: recipeSchema.shape.learningRate.unwrap().optional(),
          epochs: recipeSchema.shape.epochs.unwrap().optional(),
          /** In place of the one that it was begun on. */
          engine: trainingEngineSchema.optional(),
        }),
      )
      .output(z.object({ job: jobIdSchema })),
    /** The training that runs, else the last one; null where there was none since the start. */
    status: oc.output(trainingStatusSchema.nullable()),
    /** Every event since the start, then those to come; it can be left and joined again. Ends after 'done'. */
    watch: oc.input(z.object({ job: jobIdSchema })).output(eventIterator(trainingEventSchema)),
    /** Lets it wait between two steps, with a checkpoint; 'paused' among the events tells when it does. */
    pause: oc.input(z.object({ job: jobIdSchema })),
    resume: oc.input(z.object({ job: jobIdSchema })),
    /** Stops between two steps; the best epoch so far stays, and a checkpoint to go on from. */
    cancel: oc.input(z.object({ job: jobIdSchema })),
  },
  teaching: teachingRoutes,
  evaluation: {
    /** Progress, then the result; leaving the stream cancels it. */
    run: oc
      .input(
        z.object({
          model: modelReference,
          data: dataReference,
          /** What the data's labels mean, where they are none of the model's; one that is not named stays. */
          labels: z.record(z.string(), z.string().min(1).max(64)).nullable().default(null),
          /** Keeps just these labels. */
          only: z.array(z.string()).nullable().default(null),
          provider: providerSchema.default('cpu'),
          /** For a model of words: the words that may be there, or 'set' for all labels of the data. */
          lexicon: z
            .union([z.literal('set'), wordListSchema])
            .nullable()
            .default(null),
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
  data: {
    /** Writes labelled data in another format. Progress, then the result; leaving the stream cancels it. */
    convert: oc
      .input(
        z.object({
          data: dataReference,
          /** For `idx` what its files begin with. */
          file: z.string().min(1).max(4096),
          format: conversionFormatSchema,
          /** Keeps just these labels. */
          only: z.array(z.string()).nullable().default(null),
          /** Replaces what is there. */
          force: z.boolean().default(false),
        }),
      )
      .output(
        eventIterator(
          z.discriminatedUnion('event', [
            conversionProgressSchema.extend({ event: z.literal('progress') }),
            z.object({ event: z.literal('done'), conversion: conversionSchema }),
          ]),
        ),
      ),
  },
  pages: pageRoutes,
  datasets: datasetRoutes,
  samples: sampleRoutes,
  history: historyRoutes,
  views: viewRoutes,
  settings: {
    get: oc.output(settingsSchema),
    /** Changes the given fields and keeps the others. */
    update: oc.input(settingsSchema.partial()).output(settingsSchema),
  },
  storage: storageRoutes,
  /** What other programs may ask, and who of them. */
  api: apiRoutes,
  /** The second engine to train with, which does not come with Longhand. */
  tensorflow: {
    status: oc.output(tensorflowStatusSchema),
    /** Progress, then what was set up; leaving the stream cancels it, and nothing of it stays. */
    setup: oc
      .input(z.object({ source: tensorflowSourceSchema }))
      .output(eventIterator(tensorflowSetupEventSchema)),
    remove: oc,
  },
  /** What the desktop shell has for the page; elsewhere nothing comes. Each event comes once; it ends when another page reads. */
  desktop: { events: oc.output(eventIterator(desktopEventSchema)) },
  system: {
    /** Versions, providers that really work and their speed, GPU, data folder, disk. Takes seconds: it trains on each provider. */
    doctor: oc.output(doctorReportSchema),
    /** A text for a bug report. It holds nothing that was written, and no name of a file. */
    diagnostics: oc.output(z.string()),
  },
}
