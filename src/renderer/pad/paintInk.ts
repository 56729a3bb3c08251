import { getStroke } from 'perfect-freehand'
import type { Settings } from '../../shared/contract/settings'
import type { PadStroke } from './inkPad.svelte'

/** How ink looks on a pad; a model sees none of it. */
export type Pen = Pick<Settings, 'penWidth' | 'penSmoothing'>

/** Paints one stroke in the context's fill colour, as wide as the pen is in CSS pixels. */
export function paintStroke(
  context: CanvasRenderingContext2D,
  stroke: PadStroke,
  { penWidth, penSmoothing }: Pen,
  isDone: boolean,
): void {
  const outline = getStroke(
    stroke.points.map(([x, y, , pressure]) => [x, y, pressure ?? 0.5]),
    {
      size: penWidth,
      thinning: stroke.pressure ? 0.6 : 0.35,
      smoothing: 0.3 + 0.6 * penSmoothing,
      streamline: 0.7 * penSmoothing,
      simulatePressure: !stroke.pressure,
      last: isDone,
    },
  )
  context.fill(outlinePath(outline))
}

/** A closed path through the middles of the outline's edges, with its corners as control points, so that it is round. */
function outlinePath(outline: readonly number[][]): Path2D {
  const path = new Path2D()
  outline.forEach(([x = 0, y = 0], i) => {
    const [nextX = x, nextY = y] = outline[(i + 1) % outline.length] ?? []
    const middleX = (x + nextX) / 2
    const middleY = (y + nextY) / 2
    if (i === 0) path.moveTo(middleX, middleY)
    else path.quadraticCurveTo(x, y, middleX, middleY)
  })
  path.closePath()
  return path
}

/** Makes the canvas as fine as the display and empties it; drawing then happens in CSS pixels. */
export function prepareCanvas(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d')
  if (!context) return null
  const scale = window.devicePixelRatio
  const width = Math.round(canvas.clientWidth * scale)
  const height = Math.round(canvas.clientHeight * scale)
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight)
  // The canvas inherits the text colour, so that ink follows the theme and forced colours by style alone.
  context.fillStyle = getComputedStyle(canvas).color
  return context
}
