import type { Point } from './mapPoints'

const marginPx = 24
const mostZoom = 64

/** Which part of a map is seen: what lies in the middle, and how many times larger than the whole. */
export interface MapView {
  readonly centre: Point
  readonly zoom: number
}

export interface ViewSize {
  readonly widthPx: number
  readonly heightPx: number
}

export const wholeMap: MapView = { centre: { x: 0, y: 0 }, zoom: 1 }

/** Pixels to a unit of the map, of which two are the whole of it. */
export function scaleOf({ zoom }: MapView, { widthPx, heightPx }: ViewSize): number {
  return (zoom * Math.max(1, Math.min(widthPx, heightPx) - 2 * marginPx)) / 2
}

export function toScreen(view: MapView, size: ViewSize, { x, y }: Point): Point {
  const scale = scaleOf(view, size)
  return {
    x: size.widthPx / 2 + (x - view.centre.x) * scale,
    y: size.heightPx / 2 + (y - view.centre.y) * scale,
  }
}

export function toMap(view: MapView, size: ViewSize, { x, y }: Point): Point {
  const scale = scaleOf(view, size)
  return {
    x: view.centre.x + (x - size.widthPx / 2) / scale,
    y: view.centre.y + (y - size.heightPx / 2) / scale,
  }
}

/** Zooms so that a place of the map stays where it is on the screen. */
export function zoomAbout({ centre, zoom }: MapView, fixed: Point, factor: number): MapView {
  const next = Math.max(1, Math.min(mostZoom, zoom * factor))
  const share = zoom / next
  return {
    zoom: next,
    centre: { x: fixed.x + (centre.x - fixed.x) * share, y: fixed.y + (centre.y - fixed.y) * share },
  }
}

/** Moves the view as little as needed for a place to be seen. */
export function viewWith(view: MapView, size: ViewSize, { x, y }: Point): MapView {
  const scale = scaleOf(view, size)
  const reach = (lengthPx: number) => Math.max(0, lengthPx / 2 - marginPx) / scale
  const follow = (centre: number, wanted: number, most: number) =>
    Math.max(wanted - most, Math.min(wanted + most, centre))
  return {
    zoom: view.zoom,
    centre: {
      x: follow(view.centre.x, x, reach(size.widthPx)),
      y: follow(view.centre.y, y, reach(size.heightPx)),
    },
  }
}
