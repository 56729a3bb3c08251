import type { Store } from './connection'
import { embeddingsSchema } from './embeddingsSchema'
import { findingsSchema } from './findingsSchema'
import { moveFirstSamples } from './moveFirstSamples'

/** SQL, or what SQL cannot do. */
export type Migration = string | ((store: Store) => void)

/**
 * How the store came to be what it is, one step a version: the store's `user_version` is how many of them it has seen.
 * A step that was released is never changed; what should be different is a new one.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE samples (
    id         TEXT    PRIMARY KEY NOT NULL,
    label      TEXT    NOT NULL,
    -- Strokes as in shared/ink/ink.ts; NULL for what came as a picture.
    ink        TEXT    CHECK (ink IS NULL OR json_valid(ink)),
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    -- Row by row, 0 paper to 255 ink.
    pixels     BLOB    NOT NULL CHECK (length(pixels) = width * height),
    source     TEXT    NOT NULL,
    predicted  TEXT,
    model      TEXT    NOT NULL,
    -- Who wrote it; NULL is the user.
    writer     TEXT,
    -- One run of the app: samples of one sitting are alike, and a fair split keeps them together.
    session    TEXT    NOT NULL,
    -- ISO 8601, UTC.
    created_at TEXT    NOT NULL
  ) STRICT;
  CREATE INDEX samples_by_label ON samples (label);
  CREATE INDEX samples_by_source ON samples (source);
  `,
  moveFirstSamples,
  findingsSchema,
  embeddingsSchema,
]
