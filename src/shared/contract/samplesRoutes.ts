import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import {
  datasetNameSchema,
  labelSchema,
  sampleFilterSchema,
  sampleQuerySchema,
  sampleSelectionSchema,
  splitSchema,
  writerSchema,
} from '../samples/sampleQuery'
import { auditEventSchema, keptAuditSchema } from '../samples/audit'
import { mapEventSchema, sampleMapSchema } from '../samples/sampleMap'
import { dataReference, modelReference } from './references'
import { datasetAboutSchema, datasetCardSchema, datasetSchema } from './datasets'
import { editResultSchema, editSchema, editStepSchema } from './sampleEdits'
import {
  embedEventSchema,
  importEventSchema,
  importPreviewEventSchema,
  importRequestSchema,
  scoreEventSchema,
} from './sampleImport'
import {
  labelStatsSchema,
  newSampleSchema,
  sampleCountsSchema,
  sampleFacetsSchema,
  samplePageSchema,
  sampleSchema,
  savedViewSchema,
  writerStatsSchema,
  writingSessionSchema,
} from './samples'
import { uploadPartSchema, uploadSchema } from './uploads'

const datasetId = z.object({ dataset: z.int().min(1) })
const selection = z.object({ selection: sampleSelectionSchema })

/** The user's data sets. A name that is taken is refused with 'dataset-exists', an unknown id with 'dataset-unknown'. */
export const datasetRoutes = {
  /** In the order in which they were made, the user's own first. */
  list: oc.output(z.array(datasetSchema)),
  create: oc.input(z.object({ name: datasetNameSchema })).output(datasetSchema),
  /** A data set of digits to play with, which the program draws; nobody wrote them. */
  addExamples: oc.input(z.object({ name: datasetNameSchema })).output(datasetSchema),
  rename: oc.input(datasetId.extend({ name: datasetNameSchema })).output(editResultSchema),
  /** Takes it out with its samples; `history.undo` brings it back. The user's own cannot be removed ('dataset-own'). */
  remove: oc.input(datasetId).output(editResultSchema),
  card: oc.input(datasetId).output(datasetCardSchema),
  /** Changes the given fields and keeps the others. */
  updateCard: oc.input(datasetId.extend({ about: datasetAboutSchema.partial() })).output(editResultSchema),
}

/** The labelled samples. Every change is an entry of the journal, and can be undone through `history`. */
export const sampleRoutes = {
  /** Keeps a sample that was written; its label, writer and session need not be known before. */
  add: oc.input(newSampleSchema).output(z.object({ id: z.int(), counts: sampleCountsSchema })),
  /** Several as one change, such as the characters of a page. */
  addMany: oc
    .input(z.object({ samples: z.array(newSampleSchema).min(1).max(2000) }))
    .output(z.object({ ids: z.array(z.int()), edit: editSchema })),
  /** Takes samples out. Where one id is given and not there, 'sample-unknown'. */
  remove: oc.input(selection).output(editResultSchema.extend({ counts: sampleCountsSchema })),
  counts: oc.output(sampleCountsSchema),

  /** A range of a query's result with thumbnails, in one message. */
  page: oc
    .input(
      z.object({
        query: sampleQuerySchema,
        offset: z.int().min(0),
        count: z.int().min(1).max(1000),
      }),
    )
    .output(samplePageSchema),
  /** The given samples as a page, in the given order; those that are not there are left out. */
  pick: oc.input(z.object({ ids: z.array(z.int().min(1)).min(1).max(1000) })).output(samplePageSchema),
  /** Where samples stand in a query's result; null for those that are not in it. To keep a place when filter or order change. */
  locate: oc
    .input(z.object({ query: sampleQuerySchema, ids: z.array(z.int().min(1)).min(1).max(1000) }))
    .output(z.object({ offsets: z.array(z.int().nullable()) })),
  /** The ids of a range of a query's result, for selecting across it. */
  ids: oc
    .input(
      z.object({ query: sampleQuerySchema, offset: z.int().min(0), count: z.int().min(1).max(1_000_000) }),
    )
    .output(z.object({ ids: z.array(z.int()) })),
  facets: oc.input(z.object({ filter: sampleFilterSchema })).output(sampleFacetsSchema),
  /** @throws 'sample-unknown' */
  get: oc.input(z.object({ id: z.int().min(1) })).output(sampleSchema),
  /** Mean and spread of each label's pictures, by code point. */
  stats: oc.input(z.object({ filter: sampleFilterSchema })).output(z.array(labelStatsSchema)),
  /** Who wrote them, those who wrote most first; the first 1,000. */
  writers: oc.input(z.object({ filter: sampleFilterSchema })).output(z.array(writerStatsSchema)),
  /** Sittings, the newest first. */
  sessions: oc.input(z.object({ dataset: z.int().min(1).optional() })).output(z.array(writingSessionSchema)),

  relabel: oc.input(selection.extend({ label: labelSchema })).output(editResultSchema),
  /** Sets or takes away the marks that are given. */
  mark: oc
    .input(selection.extend({ flagged: z.boolean().optional(), reviewed: z.boolean().optional() }))
    .output(editResultSchema),
  /**
   * Moves to another split: always all that the same writer wrote in the same session, since parts of it in two splits would make
   * a model look better than it is.
   */
  setSplit: oc.input(selection.extend({ split: splitSchema })).output(editResultSchema),
  /** Says who wrote; null for nobody known. The samples join the split of what that writer wrote in the same session. */
  setWriter: oc.input(selection.extend({ writer: writerSchema.nullable() })).output(editResultSchema),

  /** Hands a part of a file over, to be imported from where it then lies. */
  upload: oc.input(uploadPartSchema).output(uploadSchema),
  /** Lets go of what was handed over. */
  dropUpload: oc.input(uploadSchema.pick({ upload: true })),
  /** Looks through files as an import would, and changes nothing. Progress, then the preview; leaving the stream cancels it. */
  previewImport: oc.input(importRequestSchema).output(eventIterator(importPreviewEventSchema)),
  /**
   * Brings files into a data set: all of it, or, where it fails or the stream is left, nothing. One at a time ('import-busy').
   * To export, `data.convert` with `dataset:NAME[:SPLIT][?FILTER]`; see shared/samples/filterText.ts.
   */
  runImport: oc.input(importRequestSchema).output(eventIterator(importEventSchema)),
  /** Reads samples with a model: predictions, losses and uncertainties to filter and sort by. Leaving the stream cancels it. */
  score: oc
    .input(z.object({ filter: sampleFilterSchema, model: z.string().min(1).max(4096) }))
    .output(eventIterator(scoreEventSchema)),
  /**
   * Lets a model look at the samples at which it has not looked yet, so that they can be sorted by likeness. Leaving the stream
   * cancels it; what it has seen by then is kept.
   */
  embed: oc
    .input(z.object({ filter: sampleFilterSchema, model: modelReference }))
    .output(eventIterator(embedEventSchema)),
  /** Lays a data set out in a plane, and keeps the map. Progress, then how many samples are on it; leaving the stream cancels it. */
  drawMap: oc.input(datasetId.extend({ model: modelReference })).output(eventIterator(mapEventSchema)),
  /** The last map of a data set; null where there was none. */
  lastMap: oc.input(datasetId).output(sampleMapSchema.nullable()),
  /**
   * Looks for wrong labels (confident learning over cross-validated predictions on the model's features) and near-duplicates in data
   * whose labels need not be the model's. Changes no sample. Progress, then what was found; leaving the stream cancels it.
   */
  audit: oc
    .input(z.object({ data: dataReference, model: modelReference }))
    .output(eventIterator(auditEventSchema)),
  /** The last audit of all of a data set; null where there was none. Since then labels may have been changed, and samples removed. */
  lastAudit: oc.input(datasetId).output(keptAuditSchema.nullable()),

  /** Takes everything out that the user's own hand made, for good: also from the journal, the backups and the file's free pages. */
  wipe: oc.output(z.object({ samples: z.int() })),
  /** Saves what can be read of a broken store ('store-broken') into a new one. The broken file is kept beside it. */
  repair: oc.output(z.object({ samples: z.int(), lost: z.int(), broken: z.string() })),
}

/** The journal of all changes, which outlives restarts. */
export const historyRoutes = {
  undo: oc.output(editStepSchema),
  redo: oc.output(editStepSchema),
  /** The newest first. */
  list: oc
    .input(z.object({ count: z.int().min(1).max(1000).default(100) }))
    .output(z.object({ edits: z.array(editSchema), canUndo: z.boolean(), canRedo: z.boolean() })),
}

/** Queries under names. */
export const viewRoutes = {
  list: oc.output(z.array(savedViewSchema)),
  /** Replaces one of the same name. */
  save: oc.input(savedViewSchema),
  remove: oc.input(savedViewSchema.pick({ name: true })),
}
