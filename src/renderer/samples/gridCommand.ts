export type GridMove =
  'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'rowStart' | 'rowEnd' | 'first' | 'last'
export type GridAction =
  | 'toggle'
  | 'selectAll'
  | 'deselect'
  | 'open'
  | 'label'
  | 'remove'
  | 'undo'
  | 'redo'
  | 'flag'
  | 'keep'
  | 'alike'
  | 'larger'
  | 'smaller'
export type GridCommand =
  | { readonly kind: 'move'; readonly move: GridMove; readonly extend: boolean }
  | { readonly kind: 'action'; readonly action: GridAction }
  /** A character that labels begin with, or that no command has: it is (the start of) a label. */
  | { readonly kind: 'type'; readonly text: string }

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'>

const moves: Readonly<Record<string, GridMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'rowStart',
  End: 'rowEnd',
}
const named: Readonly<Record<string, GridAction>> = {
  ' ': 'toggle',
  Enter: 'open',
  Escape: 'deselect',
  Delete: 'remove',
  Backspace: 'remove',
  F2: 'label',
  F3: 'alike',
}
const letters: Readonly<Record<string, GridAction>> = {
  u: 'undo',
  U: 'redo',
  l: 'label',
  f: 'flag',
  k: 'keep',
  s: 'alike',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
}
const withControl: Readonly<Record<string, GridAction>> = {
  a: 'selectAll',
  z: 'undo',
  y: 'redo',
  ' ': 'toggle',
}

/**
 * What a key means in the grid; null where it means nothing. A character that known labels begin with is a label before it is a
 * command, so that letters can be labelled too; every command has a key besides that no label takes.
 */
export function gridCommandOf(event: Key, labels: readonly string[]): GridCommand | null {
  const { key, shiftKey } = event
  if (event.altKey) return null
  const isControl = event.ctrlKey || event.metaKey
  const move = moves[key]
  if (move) return { kind: 'move', move: isControl ? farther(move) : move, extend: shiftKey }
  if (isControl) {
    const letter = key.toLowerCase()
    const action = letter === 'z' && shiftKey ? 'redo' : withControl[letter]
    return action ? { kind: 'action', action } : null
  }
  const action = named[key]
  if (action) return { kind: 'action', action }
  // An input method begins to compose: what it will give is known only in a field.
  if (event.isComposing || key === 'Process') return { kind: 'action', action: 'label' }
  if ([...key].length !== 1) return null
  if (labels.some((label) => label.startsWith(key))) return { kind: 'type', text: key }
  const command = letters[key]
  return command ? { kind: 'action', action: command } : { kind: 'type', text: key }
}

function farther(move: GridMove): GridMove {
  if (move === 'rowStart' || move === 'up') return 'first'
  if (move === 'rowEnd' || move === 'down') return 'last'
  return move
}

/** Where a move leads from a cell. */
export function moveTarget(
  from: number,
  move: GridMove,
  total: number,
  columns: number,
  rowsOfPage: number,
): number {
  const rowStart = from - (from % columns)
  const targets: Record<GridMove, number> = {
    left: from - 1,
    right: from + 1,
    up: from - columns,
    down: from + columns,
    pageUp: from - columns * rowsOfPage,
    pageDown: from + columns * rowsOfPage,
    rowStart,
    rowEnd: rowStart + columns - 1,
    first: 0,
    last: total - 1,
  }
  const target = targets[move]
  // Up and down keep their column: beyond the ends there is no row to go to.
  if (target < 0) return move === 'pageUp' ? from % columns : move === 'up' ? from : 0
  if (target >= total) return move === 'down' && rowStart + columns >= total ? from : total - 1
  return target
}
