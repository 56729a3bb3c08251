import type { Grammar } from './grammar'

interface Node {
  readonly id: string
  /** By label without its case: where it leads to, and how the list spells it. */
  readonly next: Map<string, { node: Node; shown: string }>
  isWord: boolean
}

/**
 * One or more words of a list, parted by gaps. Case is no part of a word: what is written is read as the list spells it, and
 * of words that differ in case alone as the first.
 */
export function wordGrammar(words: readonly string[]): Grammar {
  const nodes: Node[] = []
  const createNode = (): Node => {
    const node: Node = { id: String(nodes.length), next: new Map(), isWord: false }
    nodes.push(node)
    return node
  }
  const root = createNode()
  for (const word of words) {
    let node = root
    for (const character of word) {
      const key = character.toLowerCase()
      const known = node.next.get(key) ?? { node: createNode(), shown: character }
      node.next.set(key, known)
      node = known.node
    }
    node.isWord = true
  }
  const nodeOf = (state: string): Node | undefined => nodes[Number(state)]
  return {
    start: root.id,
    next: (state, label) => {
      const node = nodeOf(state)
      const step = node?.next.get(label.toLowerCase())
      if (step) return { state: step.node.id, cost: 0, shown: step.shown }
      return label === ' ' && node?.isWord ? { state: root.id, cost: 0 } : null
    },
    isEnd: (state) => nodeOf(state)?.isWord ?? false,
    hasSpaces: true,
  }
}
