import type { Conversion, ConversionFormat, ConversionProgress } from '../../shared/contract/conversion'
import type { ExportedModelFile, ImportedModel, SharedProfile } from '../../shared/contract/exchange'
import type { SearchablePdfRequest } from '../../shared/contract/searchablePdf'
import type { CharacterSample, CutPage, PageBox } from '../../shared/contract/pages'
import type {
  ImportPreview,
  ImportRequest,
  ImportResult,
  ImportStep,
} from '../../shared/contract/sampleImport'
import type { HandMeasurement, WritersBy } from '../../shared/hand/hand'
import type { HandOdds } from '../../shared/hand/handOdds'
import type { Ink } from '../../shared/ink/ink'
import type { Explanation, InsideView, Subject } from '../../shared/model/explanation'
import type { ModelCard } from '../../shared/model/modelCard'
import type { Precision } from '../../shared/model/modelExport'
import type { ModelInput, ModelSpec } from '../../shared/model/modelSpec'
import type { NetworkTable } from '../../shared/model/networkTable'
import type { Comparison } from '../../shared/recognition/comparison'
import type { Evaluation } from '../../shared/recognition/evaluation'
import type { LineReading, LineRequest } from '../../shared/recognition/line/lineReading'
import type { FormReading, FormReadingRequest } from '../../shared/recognition/form/formReading'
import type { PageReading, PageReadingRequest } from '../../shared/recognition/page/pageReading'
import type { Prediction } from '../../shared/recognition/prediction'
import type { Audit, AuditStep } from '../../shared/samples/audit'
import type { MapStep } from '../../shared/samples/sampleMap'
import type { SampleFilter } from '../../shared/samples/sampleQuery'
import type {
  CopiesPreview,
  HandAugmentation,
  TeachingEvent,
  TeachingMode,
  TeachingOutlook,
  TeachingResult,
  TeachingTuning,
} from '../../shared/teaching/teaching'
import type { ProviderSpeed } from '../../shared/training/providerChoice'
import type { Provider, Recipe } from '../../shared/training/recipe'
import type { TrainingEngineName } from '../../shared/training/trainingEngine'
import type { TensorflowReport } from '../../shared/training/tensorflowSetup'
import type { TrainingEvent } from '../../shared/training/trainingEvent'
import type { StoreContract } from './storeContract'

export type { StoreContract }

/** A method of the engine process: input and output cross the boundary by structured clone, events while it runs. */
interface Method<Input, Output, Event = never> {
  input: Input
  output: Output
  event: Event
}

/** A teaching that is done. */
interface Taught {
  /** The model's folder. */
  path: string
  result: TeachingResult
  /** Whether it is to be taken into use where it passes. */
  activate: boolean
}

/** Samples of one hand. */
export type HandWriting =
  | { readonly data: string; readonly writer?: string | undefined }
  | { readonly inks: readonly Ink[] }
  | { readonly pictures: readonly { readonly picture: Uint8Array; readonly file: string }[] }

export interface EmbeddedHand {
  readonly model: Pick<ModelCard, 'name' | 'created'>
  /** Null for a model that was not calibrated. */
  readonly odds: HandOdds | null
  readonly samples: number
  /** Not of length 1: the shorter, the less the samples agree. */
  readonly mean: Float32Array
}

/** What computes a training's steps. */
interface EngineChoice {
  engine: TrainingEngineName
  /** Where TensorFlow is set up, or would be. */
  tensorflowFolder: string
}

/**
 * What the main process asks of an engine process. Both ends are one build and trust each other, so nothing is validated
 * here; it was at the contract. Every method is cancelled through its AbortSignal, which long ones look at between steps.
 */
export interface EngineContract extends StoreContract {
  /** Loads a model and runs it once, so that the next reading is quick. */
  load: Method<{ modelFolder: string }, ModelCard>
  recognizeInk: Method<{ modelFolder: string; ink: Ink }, Prediction>
  recognizeLine: Method<{ modelFolder: string; request: LineRequest }, LineReading>
  /** `file` names the picture in errors. */
  recognizePicture: Method<{ modelFolder: string; picture: Uint8Array; file: string }, Prediction>
  /** One hand, as a model that tells hands apart sees it: the mean of all samples. */
  embedHand: Method<{ modelFolder: string; writing: HandWriting }, EmbeddedHand>
  measureHands: Method<
    {
      modelFolder: string
      data: string
      /** Null takes other samples of the same data. */
      against: string | null
      by: WritersBy
      enrolled: readonly number[]
      questioned: readonly number[]
    },
    HandMeasurement
  >
  /** Fits the odds of a model, and writes them into its card; first evens out by `whiten`, where it is given, how samples stray. */
  calibrateHands: Method<
    { modelFolder: string; data: string; whiten: string | null; by: WritersBy },
    HandOdds
  >
  train: Method<
    {
      /** A whole spec, or a shipped one by name; where its classes are null, they are the labels of the data. */
      spec: ModelSpec | { name: string; classes: readonly string[] | null }
      data: string
      /** A model's folder to take the first weights from; null starts from random ones. */
      fromFolder: string | null
      recipe: Recipe
      provider: Provider
      outFolder: string
      name: string
      /** Between two checkpoints within an epoch. */
      checkpointSeconds: number
      command: string
    } & EngineChoice,
    Extract<TrainingEvent, { event: 'done' }>,
    TrainingEvent
  >
  /** Goes on from the checkpoint in a folder; what is null stays as it was. */
  resumeTraining: Method<
    {
      folder: string
      learningRate: number | null
      epochs: number | null
      provider: Provider | null
      engine: TrainingEngineName | null
      tensorflowFolder: string
    },
    Extract<TrainingEvent, { event: 'done' }>,
    TrainingEvent
  >
  /** Lets the training wait between two steps, or go on. */
  pauseTraining: Method<{ paused: boolean }, null>
  /** What samples cover, and what would be done with them. */
  planTeaching: Method<{ baseFolder: string; data: string }, TeachingOutlook>
  /** Samples with changed copies of them. */
  previewCopies: Method<{ baseFolder: string; data: string; augmentation: HandAugmentation }, CopiesPreview>
  /** Fits a model to one hand; see contract/teachingRoutes.ts. */
  teach: Method<
    {
      baseFolder: string
      data: string
      mode: TeachingMode
      shots: number | null
      seed: number
      tuning: TeachingTuning
      baseData: string | null
      largestBaseLoss: number
      activate: boolean
      outFolder: string
      name: string
      command: string
    },
    Taught,
    Exclude<TeachingEvent, { event: 'done' }>
  >
  /** Goes on with one that was interrupted, from what is in the folder; `activate` as for `teach`, or as it began. */
  resumeTeaching: Method<
    { folder: string; activate: boolean },
    Taught,
    Exclude<TeachingEvent, { event: 'done' }>
  >
  pauseTeaching: Method<{ paused: boolean }, null>
  compareModels: Method<{ beforeFolder: string; afterFolder: string; data: string }, Comparison>
  /** Puts data of a model's own kind into its folder, picked from what it was trained on. */
  makeReplay: Method<
    { modelFolder: string; data: string },
    { training: number; check: number; bytes: number }
  >
  evaluate: Method<
    {
      modelFolder: string
      data: string
      labels: Readonly<Record<string, string>> | null
      only: readonly string[] | null
      provider: Provider
      /** For a model of words: the words that may be there, or all labels of the data; null measures without a list alone. */
      lexicon: readonly string[] | 'set' | null
    },
    Evaluation,
    { done: number; total: number }
  >
  /** Writes labelled data in another format; all of it, or nothing. */
  convertData: Method<
    {
      data: string
      /** Where to; for `idx` the files' common beginning. */
      file: string
      format: ConversionFormat
      only: readonly string[] | null
      /** Replaces what is there. */
      force: boolean
    },
    Conversion,
    ConversionProgress
  >
  /** Straightens a picture of a page and finds its characters; `file` names it in errors. */
  cutPage: Method<{ picture: Uint8Array; file: string; quarterTurns: number; sheet: boolean }, CutPage>
  /** Printable sheets that ask for each label some times. */
  drawSheets: Method<
    { labels: readonly string[]; copies: number },
    { pdf: Uint8Array<ArrayBuffer>; pages: number }
  >
  /** Straightens a picture, finds its lines and reads them. */
  readPage: Method<{ modelFolder: string; request: PageReadingRequest }, PageReading>
  /** A form that was filled in, read field by field. */
  readForm: Method<{ modelFolder: string; request: FormReadingRequest }, FormReading>
  /** Pages that were read, as a PDF that can be searched. */
  drawSearchablePdf: Method<SearchablePdfRequest, { pdf: Uint8Array<ArrayBuffer> }>
  /** What is in the boxes of a page that was straightened. */
  cropCharacters: Method<
    { page: Uint8Array; boxes: readonly PageBox[]; input: ModelInput },
    CharacterSample[]
  >
  /** Looks through what an import would bring. */
  previewImport: Method<ImportRequest, ImportPreview, ImportStep>
  /** Brings files into the store; all of them, or nothing. */
  importSamples: Method<ImportRequest, ImportResult, ImportStep>
  /** Reads samples of the store with a model, and writes down what it made of them. */
  scoreSamples: Method<
    { filter: SampleFilter; modelFolder: string },
    { scored: number; right: number },
    { done: number; total: number }
  >
  /** Lets a model look at the samples at which it has not looked yet. */
  embedSamples: Method<
    { filter: SampleFilter; modelFolder: string },
    { embedded: number },
    { done: number; total: number }
  >
  /** Lays a data set out in a plane, and keeps the map. */
  mapSamples: Method<{ dataset: number; modelFolder: string }, { samples: number }, MapStep>
  /** Looks for wrong labels and near-duplicates; see contract/samplesRoutes.ts. */
  auditSamples: Method<{ data: string; modelFolder: string }, Audit, AuditStep>
  /** A network's layers, what they give and cost. */
  tabulate: Method<{ spec: ModelSpec | { name: string; classes: readonly string[] } }, NetworkTable>
  /** Writes a model as an ONNX file for other programs, and its report as `FILE.json`; the events count samples it is measured on. */
  exportModel: Method<
    {
      modelFolder: string
      /** Its card stays as it is. */
      shipped: boolean
      file: string
      precision: Precision
      /** Labelled data to measure the file on; null measures nothing. */
      data: string | null
      /** Replaces what is at the file's place. */
      force: boolean
      longhandVersion: string
    },
    ExportedModelFile,
    { done: number; total: number | null }
  >
  /** Makes a model's folder of a file that exportModel or shareProfile wrote; the events count samples that came with it. */
  importModel: Method<
    { file: string; outFolder: string; name: string | null; command: string },
    ImportedModel,
    { done: number }
  >
  /** Writes a model, what is said of it, and samples, as one `.longhand` file; the events count samples. */
  shareProfile: Method<
    {
      modelFolder: string
      file: string
      title: string
      note: string
      /** Labelled data to go with it; null for none. */
      data: string | null
      /** Replaces what is at the file's place. */
      force: boolean
    },
    SharedProfile,
    { done: number; total: number | null }
  >
  /** Why a model reads something as it does; for its answer where no class is named. */
  explain: Method<{ modelFolder: string; subject: Subject; label: string | null }, Explanation>
  /** What each layer of a model makes of something. */
  lookInside: Method<{ modelFolder: string; subject: Subject }, InsideView>
  /** Whether a provider really works: a small graph is run on it and its result compared with the CPU's. */
  probeProvider: Method<{ provider: Provider }, { works: boolean; detail: string; elapsedMs: number }>
  /** How fast a provider that works trains and reads with a network. Takes a few seconds, and longer on a slow device. */
  measureProvider: Method<
    {
      /** As for `train`; where its classes are null, ten stand in, which say little of the time. */
      spec: ModelSpec | { name: string; classes: readonly string[] | null }
      recipe: Recipe
      provider: Provider
    },
    ProviderSpeed
  >
  /** Loads TensorFlow from the folder of a set-up, and trains a step with it. */
  checkTensorflow: Method<{ folder: string }, TensorflowReport>
  versions: Method<Record<string, never>, { onnxruntime: string; node: string; providers: string[] }>
}
