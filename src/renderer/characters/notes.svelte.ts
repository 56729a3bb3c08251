import { loadCharacterNotes, mayHaveNote, type CharacterNote } from './characterNotes'

let notes = $state.raw<ReadonlyMap<string, CharacterNote> | null>(null)
let isLoading = false

/** The note of a label; null where there is none, or not yet: whoever reads it reactively gets it when it has come. */
export function noteOf(label: string): CharacterNote | null {
  if (!mayHaveNote(label)) return null
  if (notes === null && !isLoading) {
    isLoading = true
    loadCharacterNotes().then(
      (loaded) => (notes = loaded),
      // A reading is as good without its note; the next one asks again.
      () => (isLoading = false),
    )
  }
  return notes?.get(label) ?? null
}
