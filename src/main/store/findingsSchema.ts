/**
 * Step 3: what models found out about samples, to be looked through. It can be had again at any time, so that it is no part of the
 * journal.
 */
export const findingsSchema = `
  -- The last audit of a data set, as in shared/samples/audit.ts.
  CREATE TABLE audits (
    dataset_id INTEGER PRIMARY KEY REFERENCES datasets ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    audit      TEXT    NOT NULL CHECK (json_valid(audit))
  ) STRICT;
`
