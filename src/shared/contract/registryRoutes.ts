import { oc } from '@orpc/contract'
import { z } from 'zod'
import { comparisonSchema } from '../recognition/comparison'
import { dataReference, modelReference } from './references'
import { modelEntrySchema, modelRemarkSchema } from './registry'

const model = z.object({ model: modelReference })

/** The models that there are, and which of them is in use. */
export const registryRoutes = {
  list: oc.output(z.array(modelEntrySchema)),
  /** Reads with it from now on. */
  activate: oc.input(model).output(modelEntrySchema),
  /** Reads with the model that was active before; it can be repeated, back to the one that ships. */
  rollBack: oc.output(modelEntrySchema),
  /** Gives it a title or a note; what is left out stays, what is empty goes. */
  remark: oc.input(modelRemarkSchema.extend({ model: modelReference })).output(modelEntrySchema),
  /** Takes a model away; not one that is active, or that ships. */
  delete: oc.input(model),
  /** Two models on the same labelled data. */
  compare: oc
    .input(z.object({ before: modelReference, after: modelReference, data: dataReference }))
    .output(comparisonSchema),
  /**
   * Picks data of a model's own kind from what it was trained on, and puts it into its folder, to be taught with. `longhand
   * train` does so at its end; this is for models from before, and for those that were imported.
   */
  makeReplay: oc
    .input(z.object({ model: modelReference, data: dataReference }))
    .output(z.object({ training: z.int(), check: z.int(), bytes: z.int() })),
  /** Deletes every model that was taught here, and reads with the one that ships. Samples stay. */
  wipe: oc.output(z.object({ deleted: z.array(z.string()) })),
}
