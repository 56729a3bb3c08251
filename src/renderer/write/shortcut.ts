export type Shortcut =
  | { action: 'undo' | 'redo' | 'clear' | 'accept' | 'eraser' | 'copy' | 'backspace' | 'next' | 'previous' }
  | { action: 'pick'; index: number }

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** What a key means on the Write screen; null where it means nothing. Ctrl and Cmd are taken alike. */
export function shortcutOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): Shortcut | null {
  if (altKey) return null
  const letter = key.toLowerCase()
  if (ctrlKey || metaKey) {
    if (letter === 'z') return { action: shiftKey ? 'redo' : 'undo' }
    if (letter === 'y') return { action: 'redo' }
    if (letter === 'c' && !shiftKey) return { action: 'copy' }
    return null
  }
  if (key === 'Escape') return { action: 'clear' }
  if (key === 'Enter') return { action: 'accept' }
  if (key === 'Backspace') return { action: 'backspace' }
  if (key === 'PageDown') return { action: 'next' }
  if (key === 'PageUp') return { action: 'previous' }
  if (letter === 'e') return { action: 'eraser' }
  if (/^[1-5]$/.test(key)) return { action: 'pick', index: Number(key) - 1 }
  return null
}

/** Whether a key goes to the element that has the focus (a field, an open dialog, a button reached by keyboard). */
export function belongsToElement(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=slider]')) return true
  // A button that was only clicked still has the focus, but no ring: there, Enter means the pad.
  return event.key === 'Enter' && target.matches('button:focus-visible, a:focus-visible')
}
