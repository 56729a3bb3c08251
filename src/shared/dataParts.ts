/** What the forms of a --data argument begin with. */
const kinds = 'mnist|idx|dataset|ink|images|csv|npz|parquet|inkml|unipen|gnt|strokes|fonts'

/** Between two sets that are to be one: a plus that stands free, and before one of the known forms. */
const joint = new RegExp(` \\+ (?=(?:${kinds})(?::|$| ))`)

/** The sets that a --data argument names, which are taken as one: `fonts:A#kana + ink:mine.jsonl` are two. */
export function dataParts(reference: string): string[] {
  return reference.split(joint)
}
