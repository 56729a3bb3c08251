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
  /** A picture that should be of a printed sheet, and shows none. */
  'sheet-missing': { file: string }
  /** A picture that does not show the markers of the form that it is read as. */
  'form-unmatched': { file: string; form: string }
  'ink-blank': Record<string, never>
  /** A data file that is cut, or says something else than it holds; `place` is a byte offset, a line or a member. */
  'data-malformed': { file: string; place: string; detail: string }
  'data-empty': { data: string }
  /** Data that takes more memory than is given to it. */
  'data-too-large': { data: string; detail: string }
  /** Data of pictures, to be written in a format of ink. */
  'data-not-ink': { data: string; format: string }
  /** A --data argument that is none of the known forms. */
  'data-unknown': { data: string }
  'package-missing': { name: string }
  /** A folder that should hold the characters of a package of strokes, and holds none. */
  'strokes-missing': { folder: string; name: string }
  'labels-unknown': { labels: string; model: string }
  'spec-unknown': { name: string; known: string }
  /** A name to freeze that no layer of the network has. */
  'layer-unknown': { name: string; known: string }
  'spec-invalid': { file: string; detail: string }
  'model-unknown': { name: string; known: string }
  'model-broken': { folder: string; detail: string }
  /** A model of words where one of characters is needed, and the other way round. */
  'model-reads-words': { model: string }
  'model-reads-characters': { model: string }
  /** Pictures, or samples of them, for a model that reads the pen's way. */
  'model-needs-ink': { data: string }
  /** A model that nothing travels with to learn from again, so that teaching it would make it forget unnoticed. */
  'replay-missing': { model: string }
  /** A model that is active or ships, and so cannot be deleted. */
  'model-in-use': { model: string }
  /** A model that tells hands apart, asked to read; and one that reads, asked whose hand it is. */
  'model-reads-nothing': { model: string }
  'model-tells-no-hands': { model: string }
  /** A model whose scores were never turned into odds. */
  'hand-odds-missing': { model: string }
  'hand-unknown': { name: string; known: string }
  /** Another hand has that name already. */
  'hand-taken': { name: string }
  /** Enrolled by a model that has changed since, or by another. */
  'hand-outdated': { name: string; model: string }
  /** Data in which nobody wrote enough to be told apart. */
  'hands-too-few': { data: string }
  /** There was no other active model before. */
  'nothing-to-roll-back': Record<string, never>
  'output-exists': { folder: string }
  /** A file that would be replaced without having been told to. */
  'file-exists': { file: string }
  /** An exported file that says anything else than its model; `difference` is that of a probability. */
  'export-differs': { file: string; difference: number }
  'model-not-importable': { file: string; detail: string }
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
  /** TensorFlow was asked for, and was never set up. */
  'tensorflow-missing': Record<string, never>
  /** It is set up, and does not load or compute. */
  'tensorflow-broken': { folder: string; detail: string }
  /** What it is set up with: something that is missing on this machine, or does not do its work. */
  'tensorflow-platform': { platform: string }
  'tensorflow-npm': { detail: string }
  'tensorflow-python': { detail: string }
  'tensorflow-compiler': { detail: string }
  'tensorflow-build': { compiler: string; detail: string }
  'tensorflow-download': { what: string; detail: string }
  /** A wheel, an environment or a package that does not hold what it should. */
  'tensorflow-source': { path: string; detail: string }
  /** Another process sets it up or takes it away. */
  'tensorflow-busy': { pid: number }
  'disk-full': { folder: string; neededMegabytes: number; freeMegabytes: number }
  /** The data folder that was chosen is not there now. */
  'data-folder-missing': { folder: string }
  /** LONGHAND_DATA_FOLDER names it. */
  'data-folder-fixed': { folder: string }
  /** It is being moved or emptied. */
  'data-folder-busy': Record<string, never>
  /** Where a folder's content cannot go: it holds something, or one lies in the other. */
  'folder-not-empty': { folder: string }
  'folder-nested': { folder: string; other: string }
  'path-relative': { path: string }
  /** A copy that is not what it was made of. */
  'copy-differs': { file: string }
  'job-unknown': { id: string }
  'sample-unknown': { id: number }
  'dataset-unknown': { name: string }
  'dataset-exists': { name: string }
  /** The data set of the user's own samples cannot be taken out. */
  'dataset-own': { name: string }
  /** A filter for samples that says something else than its form allows. */
  'filter-invalid': { filter: string; detail: string }
  /** Another import is running; `pid` is the process that it belongs to. */
  'import-busy': { pid: number }
  'store-broken': { file: string; detail: string }
  'connection-lost': Record<string, never>
  /** The browser shell's link was used before, or belongs to another run. */
  'access-denied': Record<string, never>
  'port-taken': { port: number }
  /** The local API: a program's name that is taken, or that nobody has. */
  'api-program-exists': { name: string }
  'api-program-unknown': { name: string }
  /** Why it refuses a request. */
  'api-token-wrong': Record<string, never>
  'api-page-refused': Record<string, never>
  'api-route-unknown': { route: string }
  'api-body-kind': { kind: string }
  'api-body-too-large': { limitMegabytes: number }
  'api-too-many': { seconds: number }
}

export type ErrorCode = keyof ErrorData
