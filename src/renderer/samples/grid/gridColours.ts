import { createShades, type Shades } from './thumbnailPainter'

/** What the grid is painted in: the theme's colours, as the canvas has them. */
export interface GridColours {
  readonly shades: Shades
  readonly paper: string
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly accent: string
  readonly caution: string
  readonly refuse: string
  readonly success: string
}

/** Reads the colours of the theme in use. The canvas has the ink as its text colour and the paper as its background. */
export function readGridColours(canvas: HTMLCanvasElement): GridColours {
  const own = getComputedStyle(canvas)
  const theme = (name: string) => own.getPropertyValue(`--${name}`)
  return {
    shades: createShades(channels(own.backgroundColor), channels(own.color)),
    paper: own.backgroundColor,
    text: theme('text'),
    faint: theme('text-faint'),
    line: theme('line'),
    accent: theme('accent'),
    caution: theme('caution'),
    refuse: theme('refuse'),
    success: theme('success'),
  }
}

/** Computed colours are always `rgb(r, g, b)` or with an alpha. */
function channels(colour: string): number[] {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}
