import { xHeightShare } from '../../../shared/recognition/line/xHeight'

/** Where a character's ink begins and ends, in heights of a tall one above the baseline. */
interface Span {
  readonly top: number
  readonly bottom: number
}

const tall: Span = { top: 1, bottom: 0 }
const small: Span = { top: xHeightShare, bottom: 0 }

const spans = new Map<string, Span>()
function define(labels: string, span: Span): void {
  for (const label of labels) spans.set(label, span)
}
define('0123456789ABCDEFGHIKLMNOPRSTUVWXYZbdhkl', tall)
define('QJ', { top: 1, bottom: -0.08 })
define('acemnorsuvwxz', small)
define('gqy', { top: xHeightShare, bottom: -0.42 })
define('p', { top: 0.65, bottom: -0.42 })
define('j', { top: 0.88, bottom: -0.42 })
define('f', { top: 1, bottom: -0.12 })
define('i', { top: 0.88, bottom: 0 })
define('t', { top: 0.88, bottom: 0 })
define('!?&%#', tall)
define('|/\\()[]{}$@', { top: 1.05, bottom: -0.1 })
define('.', { top: 0.06, bottom: -0.01 })
define(',', { top: 0.1, bottom: -0.16 })
define(':', { top: 0.52, bottom: 0.02 })
define(';', { top: 0.52, bottom: -0.15 })
define('-', { top: 0.46, bottom: 0.4 })
define('~', { top: 0.52, bottom: 0.36 })
define('_', { top: -0.05, bottom: -0.12 })
define('=', { top: 0.58, bottom: 0.3 })
define('+<>', { top: 0.75, bottom: 0.12 })
define('*', { top: 0.9, bottom: 0.35 })
define("'`", { top: 1, bottom: 0.72 })
define('"', { top: 1, bottom: 0.72 })
define('^', { top: 1, bottom: 0.65 })

/** How far hands stray from these, in the same unit. */
const strayTop = 0.17
const strayBottom = 0.15
/** No place is so wrong that the shape could not outweigh it. */
const mostCost = 6

/**
 * What it costs to take ink that reaches from `bottom` to `top` for this character: half the squared distance from its usual
 * place, as of a normal distribution. 0 for a character of which no place is known.
 */
export function spanCost(label: string, top: number, bottom: number): number {
  const span = spans.get(label)
  if (!span) return 0
  const offTop = (top - span.top) / strayTop
  const offBottom = (bottom - span.bottom) / strayBottom
  return Math.min(mostCost, (offTop * offTop + offBottom * offBottom) / 2)
}
