import { goneFromMap, type SampleMap } from '../../../shared/samples/sampleMap'

/** A place on the map or on the screen. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The samples of a map that are still there. */
export interface MapPoints {
  readonly ids: Uint32Array
  /** [samples, 2], -1 to 1 */
  readonly places: Float32Array
  /** [samples], index into `labels` */
  readonly labelIndex: Uint16Array
  readonly labels: readonly string[]
}

export function readMapPoints({ ids, places, labelIndex, labels }: SampleMap): MapPoints {
  // Copies, since bytes that came over a wire need not begin where numbers may.
  const all = {
    ids: new Uint32Array(Uint8Array.from(ids).buffer),
    places: new Float32Array(Uint8Array.from(places).buffer),
    labelIndex: new Uint16Array(Uint8Array.from(labelIndex).buffer),
  }
  const there = [...all.ids.keys()].filter((at) => all.labelIndex[at] !== goneFromMap)
  return {
    labels,
    ids: Uint32Array.from(there, (at) => all.ids[at] ?? 0),
    places: Float32Array.from(there.flatMap((at) => [all.places[at * 2] ?? 0, all.places[at * 2 + 1] ?? 0])),
    labelIndex: Uint16Array.from(there, (at) => all.labelIndex[at] ?? 0),
  }
}

/** The samples, by their place in `points`, within a distance of a place, the nearest first. */
export function pointsWithin({ places }: MapPoints, centre: Point, radius: number): number[] {
  const found: { at: number; distance: number }[] = []
  for (let at = 0; at * 2 < places.length; at++) {
    const distance = Math.hypot((places[at * 2] ?? 0) - centre.x, (places[at * 2 + 1] ?? 0) - centre.y)
    if (distance <= radius) found.push({ at, distance })
  }
  return found.sort((first, second) => first.distance - second.distance).map(({ at }) => at)
}

/** The samples within an outline, whose end joins its beginning; where it crosses itself, by the even-odd rule. */
export function pointsInside({ places }: MapPoints, outline: readonly Point[]): number[] {
  const found: number[] = []
  for (let at = 0; at * 2 < places.length; at++) {
    if (isInside({ x: places[at * 2] ?? 0, y: places[at * 2 + 1] ?? 0 }, outline)) found.push(at)
  }
  return found
}

function isInside({ x, y }: Point, outline: readonly Point[]): boolean {
  let inside = false
  let before = outline.at(-1)
  for (const corner of outline) {
    if (before && corner.y > y !== before.y > y) {
      const crossing = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x)
      if (x < crossing) inside = !inside
    }
    before = corner
  }
  return inside
}

/** How often each label occurs among samples, the most frequent first. */
export function countLabels(
  { labels, labelIndex }: MapPoints,
  samples: readonly number[],
): [string, number][] {
  const counts = new Map<string, number>()
  for (const at of samples) {
    const label = labels[labelIndex[at] ?? 0] ?? ''
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return [...counts].sort(([, first], [, second]) => second - first)
}
