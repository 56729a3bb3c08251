/** Every error that Longhand reports, with the data that its text needs. */
export interface ErrorData {
  /** A fault of Longhand's own. */
  internal: { detail: string }
  cancelled: Record<string, never>
  /** A message that breaks the contract's schema. */
  'bad-input': { detail: string }
  'file-missing': { file: string }
  'file-unreadable': { file: string; detail: string }
  'file-unwritable': { file: string; detail: string }
  'file-empty': { file: string }
  'not-a-picture': { file: string; detail: string }
  'picture-too-large': { file: string; width: number; height: number; limit: number }
  'picture-blank': { file: string }
  'ink-blank': Record<string, never>
  /** A data file that is cut, or says something else than it holds; `place` is a byte offset, a line or a member. */
  'data-malformed': { file: string; place: string; detail: string }
  'data-empty': { data: string }
  /** A --data argument that is none of the known forms. */
  'data-unknown': { data: string }
  'package-missing': { name: string }
  'labels-unknown': { labels: string; model: string }
  'spec-unknown': { name: string; known: string }
  /** A name to freeze that no layer of the network has. */
  'layer-unknown': { name: string; known: string }
  'spec-invalid': { file: string; detail: string }
  'model-unknown': { name: string; known: string }
  'model-broken': { folder: string; detail: string }
  'output-exists': { folder: string }
  'provider-failed': { provider: string; detail: string }
  /** `learningRate` is the highest of the schedule; `lowerRate` is one to go on with from the checkpoint in `folder`. */
  'loss-not-finite': { step: number; learningRate: number; folder: string; lowerRate: number }
  /** A folder in which no training waits to be gone on with. */
  'checkpoint-missing': { folder: string }
  'checkpoint-broken': { folder: string; detail: string }
  /** Written by a later version of Longhand. */
  'checkpoint-newer': { folder: string }
  /** The data is not what the training in the folder began with. */
  'data-changed': { data: string; folder: string }
  /** A folder to train into, in which a training waits to be gone on with. */
  'training-unfinished': { folder: string }
  'engine-crashed': { detail: string }
  /** Another training is running; `pid` is the process that it belongs to. */
  'training-busy': { pid: number }
  'job-unknown': { id: string }
  'sample-unknown': { id: string }
  'store-broken': { file: string; detail: string }
  'connection-lost': Record<string, never>
  /** The browser shell's link was used before, or belongs to another run. */
  'access-denied': Record<string, never>
  'port-taken': { port: number }
}

export type ErrorCode = keyof ErrorData
