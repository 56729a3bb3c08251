import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'

/** What the data folder holds: 'programs' are those that may use the local API, 'window' is what the desktop's window keeps, and 'other' what Longhand does not know. */
export const storagePartSchema = z.enum([
  'samples',
  'hands',
  'models',
  'settings',
  'programs',
  'logs',
  'crashes',
  'window',
  'tensorflow',
  'other',
])
export type StoragePart = z.infer<typeof storagePartSchema>

export const storageReportSchema = z.object({
  folder: z.string(),
  /** Who says that it is this one: LONGHAND_DATA_FOLDER, the user who moved it, or the system's custom. */
  chosenBy: z.enum(['environment', 'user', 'system']),
  freeBytes: z.number(),
  /** Those that are there. */
  parts: z.array(z.object({ part: storagePartSchema, bytes: z.number(), files: z.int() })),
  /** The folder before the move, as long as it is kept. */
  earlier: z.object({ folder: z.string(), bytes: z.number() }).nullable(),
})
export type StorageReport = z.infer<typeof storageReportSchema>

export const moveEventSchema = z.discriminatedUnion('event', [
  /** For work that must not be cut off. */
  z.object({ event: z.literal('waiting') }),
  /** Each byte counts twice: once copied, once compared. */
  z.object({ event: z.literal('progress'), doneBytes: z.number(), totalBytes: z.number() }),
  /** Longhand starts anew, in the new folder. */
  z.object({ event: z.literal('done'), folder: z.string() }),
])
export type MoveEvent = z.infer<typeof moveEventSchema>

/** What Longhand keeps on this machine, and where. */
export const storageRoutes = {
  survey: oc.output(storageReportSchema),
  /**
   * Copies the data folder, compares every byte, and uses the copy from then on; the old one is kept. `folder` is an absolute
   * path of a folder that is empty or not there. Until 'done' leaving the stream cancels it, and nothing of it stays. No
   * other method answers meanwhile ('data-folder-busy'), but reading.
   */
  move: oc.input(z.object({ folder: z.string().min(1).max(4096) })).output(eventIterator(moveEventSchema)),
  /** Deletes what is left of the folder before the move. */
  removeEarlier: oc.output(z.object({ freedBytes: z.number() })),
  /**
   * Deletes everything that the data folder holds: samples, models, trainings, settings, logs. Longhand then starts anew, as
   * on its first day.
   */
  wipe: oc,
}
