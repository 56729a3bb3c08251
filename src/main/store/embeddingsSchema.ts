/**
 * Step 4: samples as models see them. It can be had again at any time, so that it is no part of the journal.
 */
export const embeddingsSchema = `
  -- The models that looked at samples: one that was made anew under its old name sees other things.
  CREATE TABLE embedding_models (
    model_id INTEGER PRIMARY KEY REFERENCES models ON DELETE CASCADE,
    -- When the model was made, as its card tells.
    made     TEXT NOT NULL
  ) STRICT;
  CREATE TABLE embeddings (
    model_id  INTEGER NOT NULL REFERENCES embedding_models ON DELETE CASCADE,
    sample_id INTEGER NOT NULL REFERENCES samples ON DELETE CASCADE,
    -- libSQL's 8-bit vector of the model's features.
    vector    BLOB    NOT NULL,
    PRIMARY KEY (model_id, sample_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX embeddings_by_sample ON embeddings (sample_id);

  -- The last map of a data set, as in shared/samples/sampleMap.ts.
  CREATE TABLE maps (
    dataset_id INTEGER PRIMARY KEY REFERENCES datasets ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    model      TEXT    NOT NULL,
    -- Samples of the data set when it was drawn.
    total      INTEGER NOT NULL,
    -- Of each sample on it the id (uint32), then of each x and y (float32), little-endian.
    ids        BLOB    NOT NULL,
    places     BLOB    NOT NULL
  ) STRICT;
`
