import type { GridColours } from '../grid/gridColours'
import type { MapPoints, Point } from './mapPoints'
import { scaleOf, toScreen, type MapView, type ViewSize } from './mapView'

/** What the map shows at the moment. */
export interface MapScene {
  readonly points: MapPoints
  readonly view: MapView
  readonly size: ViewSize
  readonly colours: GridColours
  readonly isDark: boolean
  readonly isSelected: (id: number) => boolean
  /** Of the map; null where it is not shown. */
  readonly circle: { readonly centre: Point; readonly radius: number } | null
  /** Of the map, as far as it was drawn. */
  readonly lasso: readonly Point[]
}

/** A whole turn by the golden section: however many labels there are, the colours of neighbours are far apart. */
const turnDegrees = 137.508

/** The colour of a label, by its place among them. */
function labelColour(index: number, isDark: boolean): string {
  const hue = (index * turnDegrees + 20) % 360
  return isDark ? `oklch(0.76 0.15 ${hue})` : `oklch(0.56 0.17 ${hue})`
}

export function paintMap(canvas: HTMLCanvasElement, scene: MapScene): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { size, colours } = scene
  const scale = window.devicePixelRatio
  canvas.width = Math.round(size.widthPx * scale)
  canvas.height = Math.round(size.heightPx * scale)
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.fillStyle = colours.paper
  context.fillRect(0, 0, size.widthPx, size.heightPx)
  paintDots(context, scene)
  paintNames(context, scene)
  paintLasso(context, scene)
  if (scene.circle) paintCircle(context, scene, scene.circle)
}

function paintDots(
  context: CanvasRenderingContext2D,
  { points, view, size, colours, isDark, isSelected }: MapScene,
) {
  const { ids, places, labelIndex, labels } = points
  // The fewer there are, the larger they may be.
  const usualPx = Math.max(2.5, Math.min(7, 60 / Math.sqrt(ids.length)))
  const sidePx = Math.min(9, usualPx * Math.sqrt(view.zoom))
  const chosen: Point[] = []
  // Label by label: a change of colour costs more than a dot.
  labels.forEach((_, label) => {
    context.fillStyle = labelColour(label, isDark)
    for (let at = 0; at < ids.length; at++) {
      if (labelIndex[at] !== label) continue
      const place = toScreen(view, size, { x: places[at * 2] ?? 0, y: places[at * 2 + 1] ?? 0 })
      if (place.x < -9 || place.y < -9 || place.x > size.widthPx + 9 || place.y > size.heightPx + 9) continue
      if (isSelected(ids[at] ?? 0)) chosen.push(place)
      context.fillRect(place.x - sidePx / 2, place.y - sidePx / 2, sidePx, sidePx)
    }
  })
  // Last, so that none of them lies under others.
  context.fillStyle = colours.text
  for (const { x, y } of chosen)
    context.fillRect(x - sidePx / 2 - 1, y - sidePx / 2 - 1, sidePx + 2, sidePx + 2)
}

/** The labels' names in the middle of their samples, so that nobody has to tell them by their colours. */
function paintNames(context: CanvasRenderingContext2D, { points, view, size, colours }: MapScene) {
  const { places, labelIndex, labels } = points
  const of = labels.map(() => ({ xs: [] as number[], ys: [] as number[] }))
  labelIndex.forEach((label, at) => {
    of[label]?.xs.push(places[at * 2] ?? 0)
    of[label]?.ys.push(places[at * 2 + 1] ?? 0)
  })
  context.font = '600 15px system-ui, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = colours.paper
  context.fillStyle = colours.text
  labels.forEach((label, index) => {
    const { x, y } = toScreen(view, size, { x: median(of[index]?.xs ?? []), y: median(of[index]?.ys ?? []) })
    context.strokeText(label, x, y)
    context.fillText(label, x, y)
  })
}

/** The median, since a mean of two groups lies in neither. */
function median(values: number[]): number {
  return values.sort((first, second) => first - second)[Math.floor(values.length / 2)] ?? 0
}

function paintLasso(context: CanvasRenderingContext2D, { lasso, view, size, colours }: MapScene) {
  if (lasso.length < 2) return
  context.beginPath()
  for (const corner of lasso) {
    const { x, y } = toScreen(view, size, corner)
    context.lineTo(x, y)
  }
  context.closePath()
  context.strokeStyle = colours.accent
  context.lineWidth = 2
  context.stroke()
}

function paintCircle(
  context: CanvasRenderingContext2D,
  { view, size, colours }: MapScene,
  { centre, radius }: { centre: Point; radius: number },
) {
  const { x, y } = toScreen(view, size, centre)
  const radiusPx = radius * scaleOf(view, size)
  for (const [style, widthPx] of [
    [colours.paper, 5],
    [colours.accent, 2],
  ] as const) {
    context.strokeStyle = style
    context.lineWidth = widthPx
    context.beginPath()
    context.arc(x, y, radiusPx, 0, 2 * Math.PI)
    context.moveTo(x - 4, y)
    context.lineTo(x + 4, y)
    context.moveTo(x, y - 4)
    context.lineTo(x, y + 4)
    context.stroke()
  }
}
