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
  'loss-not-finite': { step: number }
  'engine-crashed': { detail: string }
  /** Another training is running. */
  'training-busy': Record<string, never>
  'job-unknown': { id: string }
  'sample-unknown': { id: string }
  'store-broken': { file: string; detail: string }
  'connection-lost': Record<string, never>
  /** The browser shell's link was used before, or belongs to another run. */
  'access-denied': Record<string, never>
  'port-taken': { port: number }
}

export type ErrorCode = keyof ErrorData
