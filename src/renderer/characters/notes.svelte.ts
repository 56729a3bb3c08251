import { readCharacterNotes, type CharacterNote } from './characterNotes'

const han = /^\p{Script=Han}$/u

let notes = $state.raw<ReadonlyMap<string, CharacterNote> | null>(null)
let isLoading = false

/** The note of a label; null where there is none, or not yet: whoever reads it reactively gets it when it has come. */
export function noteOf(label: string): CharacterNote | null {
  if (!han.test(label)) return null
  if (notes === null && !isLoading) {
    isLoading = true
    // Fetched when the first is wanted: most people write digits and letters.
    import('./hanzi.tsv?raw').then(
      ({ default: text }) => (notes = readCharacterNotes(text)),
      // A reading is as good without its note; the next one asks again.
      () => (isLoading = false),
    )
  }
  return notes?.get(label) ?? null
}
