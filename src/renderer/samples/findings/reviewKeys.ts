/** What is decided of what is shown. */
export type ReviewDecision = 'accept' | 'keep' | 'remove' | 'label'
export type ReviewAction = ReviewDecision | 'skip' | 'back' | 'undo' | 'redo'
export type ReviewCommand =
  | { readonly kind: 'action'; readonly action: ReviewAction }
  | { readonly kind: 'type'; readonly text: string }

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'>

const named: Readonly<Record<string, ReviewAction>> = {
  Enter: 'accept',
  ' ': 'keep',
  ArrowRight: 'skip',
  ArrowLeft: 'back',
  Delete: 'remove',
  Backspace: 'remove',
  F2: 'label',
}
const withControl: Readonly<Record<string, ReviewAction>> = { z: 'undo', y: 'redo' }
const letters: Readonly<Record<string, ReviewAction>> = { u: 'undo', U: 'redo' }

/**
 * What a key means in a review; null where it means nothing. The decisions are keys that no label takes; of the letters a label
 * comes first, as in the grid.
 */
export function reviewCommandOf(event: Key, labels: readonly string[]): ReviewCommand | null {
  const { key } = event
  if (event.altKey) return null
  if (event.ctrlKey || event.metaKey) {
    const letter = key.toLowerCase()
    const action = letter === 'z' && event.shiftKey ? 'redo' : withControl[letter]
    return action ? { kind: 'action', action } : null
  }
  const action = named[key]
  if (action) return { kind: 'action', action }
  if (event.isComposing || key === 'Process') return { kind: 'action', action: 'label' }
  if ([...key].length !== 1) return null
  if (labels.some((label) => label.startsWith(key))) return { kind: 'type', text: key }
  const letter = letters[key]
  return letter ? { kind: 'action', action: letter } : { kind: 'type', text: key }
}
