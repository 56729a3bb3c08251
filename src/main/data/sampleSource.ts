import type { AppError } from '../../shared/errors/appError'
import type { Raster } from '../../shared/image/raster'
import type { Ink } from '../../shared/ink/ink'
import type { DatasetAbout } from './card/datasetCard'

/** One labelled character as its file holds it: ink, or a picture of any size on which ink is high. */
export type SourceSample = {
  readonly label: string
  /** Null where the file does not tell. */
  readonly writer: string | null
  /** Samples of one sitting are alike; left out where nobody tells. */
  readonly sitting?: string | null
} & ({ readonly kind: 'ink'; readonly ink: Ink } | { readonly kind: 'picture'; readonly picture: Raster })

/** What a reader tells of a file beside its samples. */
export interface ReadNotes {
  /** The pictures were dark on light, and are turned over. */
  turned(): void
  /** One sample cannot be read. Where this is given, formats that can go on after it leave the sample out and do. */
  problem?: ((error: AppError) => void) | undefined
}

/** Labelled samples in files, read one after the other, so that a set of any size takes little memory. */
export interface SampleSource {
  /** What the files tell of themselves. */
  readonly about: DatasetAbout | null
  /** True where a picture of the very size of a model's input is meant to be seen as it is, as MNIST's are. */
  readonly fitted: boolean
  /** The part of a data set that this is by its own word, as MNIST's test part. */
  readonly split?: 'train' | 'test'
  /**
   * Reads from the start, as often as it is called. What is yielded stays as it is.
   * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed', 'cancelled'
   */
  read(signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<SourceSample>
}
