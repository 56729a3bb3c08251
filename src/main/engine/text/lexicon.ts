/** A list of words as a tree of characters, which the search walks along. Case is no part of it. */
export interface LexiconNode {
  readonly next: Map<number, LexiconNode>
  /** The words that end here, as the list spells them, with the numbers of characters that come nearest to that. */
  readonly spellings: { readonly word: string; readonly text: number[] }[]
}

/** Characters that are one to a list of words. */
export interface FoldedCharacters {
  /** By number of class: the number of the first class that is the same character in any case. */
  readonly foldOf: readonly number[]
}

export function foldCharacters(classes: readonly string[]): FoldedCharacters {
  const lower = classes.map((label) => label.toLowerCase())
  return { foldOf: lower.map((label) => lower.indexOf(label)) }
}

/**
 * Words that the classes can write; others are left out. Of a list that spells a word in one case alone, what is written in any
 * case is read as the list spells it.
 */
export function buildLexicon(words: readonly string[], classes: readonly string[]): LexiconNode {
  const { foldOf } = foldCharacters(classes)
  const numberOf = new Map(classes.map((label, index) => [label, index]))
  const root: LexiconNode = { next: new Map(), spellings: [] }
  for (const word of new Set(words)) {
    // A class may lack one of the cases.
    const spelled = Array.from(
      word,
      (character) =>
        numberOf.get(character) ??
        numberOf.get(character.toLowerCase()) ??
        numberOf.get(character.toUpperCase()) ??
        -1,
    )
    if (spelled.length === 0 || spelled.includes(-1)) continue
    let node = root
    for (const character of spelled) {
      const key = foldOf[character] ?? character
      const known = node.next.get(key) ?? { next: new Map(), spellings: [] }
      node.next.set(key, known)
      node = known
    }
    node.spellings.push({ word, text: spelled })
  }
  return root
}
