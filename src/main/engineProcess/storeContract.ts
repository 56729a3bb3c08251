import type { AnySchema, ContractProcedure, ErrorMap, InferSchemaOutput, Meta } from '@orpc/contract'
import type {
  datasetRoutes,
  historyRoutes,
  sampleRoutes,
  viewRoutes,
} from '../../shared/contract/samplesRoutes'

/** What a route takes once it was validated, and what it gives. */
type MethodOf<Route> =
  Route extends ContractProcedure<
    infer Input extends AnySchema,
    infer Output extends AnySchema,
    ErrorMap,
    Meta
  >
    ? { input: InferSchemaOutput<Input>; output: InferSchemaOutput<Output>; event: never }
    : never

type Methods<Prefix extends string, Routes> = {
  [Name in keyof Routes & string as `${Prefix}.${Name}`]: MethodOf<Routes[Name]>
}

/** What runs in an engine process of its own, as it decodes strangers' files or needs the runtime; and what has no samples yet. */
type LongWork =
  'upload' | 'dropUpload' | 'previewImport' | 'runImport' | 'score' | 'embed' | 'drawMap' | 'audit'

/**
 * The store process: the routes of the contract that read and change the store. libSQL blocks its thread, so that it has one of
 * its own, in a process that loads nothing else.
 */
export type StoreContract = Methods<'datasets', typeof datasetRoutes> &
  Methods<'samples', Omit<typeof sampleRoutes, LongWork>> &
  Methods<'history', typeof historyRoutes> &
  Methods<'views', typeof viewRoutes>
