/** What is counted of every data set, so that no count has to look at the samples; samples without a value are not counted. */
const facetsOf = (row: 'old' | 'new'): string => `
    SELECT 'total' AS facet, 0 AS value
    UNION ALL SELECT 'label', ${row}.label_id
    UNION ALL SELECT 'split', ${row}.split
    -- 0 stands for nobody known: ids begin at 1.
    UNION ALL SELECT 'writer', coalesce(${row}.writer_id, 0)
    UNION ALL SELECT 'session', ${row}.session_id
    UNION ALL SELECT 'source', ${row}.source
    UNION ALL SELECT 'corrected', ${row}.corrected
    UNION ALL SELECT 'flagged', ${row}.flagged
    UNION ALL SELECT 'reviewed', ${row}.reviewed
    UNION ALL SELECT 'predicted', ${row}.predicted_id
    UNION ALL SELECT 'right', ${row}.predicted_id = ${row}.label_id`

const count = (row: 'old' | 'new', by: 1 | -1): string => `
  INSERT INTO facet_counts (dataset_id, facet, value, count)
  SELECT ${row}.dataset_id, facet, value, ${by} FROM (${facetsOf(row)}) WHERE value IS NOT NULL
  ON CONFLICT DO UPDATE SET count = count + ${by};`

/**
 * Step 2: data sets, short rows for the samples with their contents beside them, counts that keep themselves, the journal. The
 * samples of step 1 wait in `samples_v1` to be moved; see moveFirstSamples.ts.
 */
export const samplesSchema = `
  ALTER TABLE samples RENAME TO samples_v1;
  DROP INDEX samples_by_label;
  DROP INDEX samples_by_source;

  -- One row: a number that goes up with every change that shows.
  CREATE TABLE meta (revision INTEGER NOT NULL) STRICT;
  INSERT INTO meta VALUES (1);

  CREATE TABLE datasets (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('own', 'other', 'trash')),
    -- 'importing' is what an import that is under way, or was killed, has brought so far.
    state      TEXT    NOT NULL CHECK (state IN ('ready', 'importing', 'removed')),
    created_at INTEGER NOT NULL,
    source     TEXT    NOT NULL DEFAULT '',
    licence    TEXT    NOT NULL DEFAULT '',
    consent    TEXT    NOT NULL DEFAULT '',
    people     INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX datasets_by_name ON datasets (name) WHERE state = 'ready';
  -- Samples that were taken out lie in data set 0 until nothing can bring them back.
  INSERT INTO datasets (id, name, kind, state, created_at) VALUES
    (0, 'trash', 'trash', 'removed', 0),
    (1, 'mine', 'own', 'ready', unixepoch() * 1000);

  CREATE TABLE labels   (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE writers  (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE sessions (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE models   (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE samples (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    dataset_id     INTEGER NOT NULL REFERENCES datasets,
    label_id       INTEGER NOT NULL REFERENCES labels,
    first_label_id INTEGER NOT NULL REFERENCES labels,
    -- NULL where nobody told.
    writer_id      INTEGER REFERENCES writers,
    session_id     INTEGER REFERENCES sessions,
    -- Places in splitSchema and sampleSourceSchema.
    split          INTEGER NOT NULL,
    source         INTEGER NOT NULL,
    -- ms since 1970, UTC.
    created_at     INTEGER NOT NULL,
    corrected      INTEGER NOT NULL DEFAULT 0,
    flagged        INTEGER NOT NULL DEFAULT 0,
    reviewed       INTEGER NOT NULL DEFAULT 0,
    has_ink        INTEGER NOT NULL,
    -- Whether a picture of the very size of a model's input is to be seen as it is.
    fitted         INTEGER NOT NULL,
    -- The first 8 bytes of a SHA-256 of ink or picture; see contentHash.ts.
    content        BLOB    NOT NULL,
    -- What a model last made of it.
    model_id       INTEGER REFERENCES models,
    predicted_id   INTEGER REFERENCES labels,
    confidence     REAL,
    loss           REAL,
    uncertainty    REAL
  ) STRICT;
  -- Each ends in the id, so that what they find is in the order of entry.
  CREATE INDEX samples_by_dataset     ON samples (dataset_id);
  CREATE INDEX samples_by_label       ON samples (dataset_id, label_id);
  CREATE INDEX samples_by_writer      ON samples (dataset_id, writer_id, session_id);
  CREATE INDEX samples_by_session     ON samples (session_id, label_id) WHERE session_id IS NOT NULL;
  CREATE INDEX samples_by_time        ON samples (dataset_id, created_at);
  CREATE INDEX samples_by_loss        ON samples (dataset_id, loss) WHERE loss IS NOT NULL;
  CREATE INDEX samples_by_uncertainty ON samples (dataset_id, uncertainty) WHERE uncertainty IS NOT NULL;
  CREATE INDEX samples_by_confidence  ON samples (dataset_id, confidence) WHERE confidence IS NOT NULL;
  CREATE INDEX samples_flagged        ON samples (dataset_id) WHERE flagged = 1;
  CREATE INDEX samples_corrected      ON samples (dataset_id) WHERE corrected = 1;

  -- 28 x 28, row by row, 0 paper to 255 ink.
  CREATE TABLE thumbnails (
    sample_id INTEGER PRIMARY KEY REFERENCES samples ON DELETE CASCADE,
    pixels    BLOB    NOT NULL CHECK (length(pixels) = 784)
  ) STRICT;
  -- Pictures that are not of a thumbnail's size.
  CREATE TABLE pictures (
    sample_id INTEGER PRIMARY KEY REFERENCES samples ON DELETE CASCADE,
    width     INTEGER NOT NULL,
    height    INTEGER NOT NULL,
    pixels    BLOB    NOT NULL CHECK (length(pixels) = width * height)
  ) STRICT;
  -- Strokes as in shared/ink/ink.ts.
  CREATE TABLE inks (
    sample_id INTEGER PRIMARY KEY REFERENCES samples ON DELETE CASCADE,
    strokes   TEXT    NOT NULL CHECK (json_valid(strokes))
  ) STRICT;

  CREATE TABLE facet_counts (
    dataset_id INTEGER NOT NULL,
    facet      TEXT    NOT NULL,
    value      INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (dataset_id, facet, value)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER samples_inserted AFTER INSERT ON samples BEGIN ${count('new', 1)}
  END;
  CREATE TRIGGER samples_deleted AFTER DELETE ON samples BEGIN ${count('old', -1)}
  END;
  CREATE TRIGGER samples_updated AFTER UPDATE OF
    dataset_id, label_id, split, writer_id, session_id, corrected, flagged, reviewed, predicted_id
  ON samples BEGIN ${count('old', -1)} ${count('new', 1)}
  END;

  -- The journal. Undone edits are those that can be done again.
  CREATE TABLE edits (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    detail TEXT    NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  -- Of a field of a sample or of a data set (see journal.ts) what it was and what it became.
  CREATE TABLE changes (
    edit_id INTEGER NOT NULL REFERENCES edits ON DELETE CASCADE,
    field   TEXT    NOT NULL,
    row_id  INTEGER NOT NULL,
    before  ANY,
    after   ANY,
    PRIMARY KEY (edit_id, field, row_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX changes_by_row ON changes (row_id, field);

  CREATE TABLE saved_views (
    name  TEXT PRIMARY KEY NOT NULL,
    query TEXT NOT NULL CHECK (json_valid(query))
  ) STRICT;
`

/** After they were moved. */
export const dropFirstSamples = 'DROP TABLE samples_v1'
