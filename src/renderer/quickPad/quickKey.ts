export type QuickKey =
  { action: 'finish' | 'next' | 'cancel' | 'undo' | 'backspace' } | { action: 'pick'; index: number }

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>

/** What a key means on the Quick pad; null where it means nothing, or belongs to the button that has the focus. */
export function quickKey({ key, ctrlKey, metaKey, altKey, target }: Key): QuickKey | null {
  if (altKey) return null
  if (ctrlKey || metaKey) return key.toLowerCase() === 'z' ? { action: 'undo' } : null
  if (key === 'Escape') return { action: 'cancel' }
  if (key === 'Backspace') return { action: 'backspace' }
  if (/^[1-3]$/.test(key)) return { action: 'pick', index: Number(key) - 1 }
  const isOnButton = target instanceof HTMLElement && target.matches('button:focus-visible')
  if (isOnButton) return null
  if (key === 'Enter') return { action: 'finish' }
  return key === ' ' ? { action: 'next' } : null
}
