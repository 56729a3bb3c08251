import { inkBounds, type InkBounds } from '../../shared/ink/bounds'
import type { Ink } from '../../shared/ink/ink'
import type { LineCharacter, LineReading, Pin } from '../../shared/recognition/line/lineReading'
import type { PadStroke } from '../pad/inkPad.svelte'

/** A stretch of a stroke on the pad. It goes by the stroke itself, since its number changes as others come and go. */
export interface PadPart {
  readonly stroke: PadStroke
  readonly from: number
  readonly to: number
}

/** A character as it was read, with the very strokes that made it. */
export interface PadCharacter extends LineCharacter {
  readonly ink: Ink
  readonly padParts: readonly PadPart[]
  readonly bounds: InkBounds
}

/** A line as it was read, on the pad. */
export interface PadReading extends Omit<LineReading, 'characters'> {
  readonly characters: readonly PadCharacter[]
}

/** What somebody said of some strokes. */
export interface PadPin {
  readonly parts: readonly PadPart[]
  readonly label: string
}

/** @param strokes those that were read, in their order */
export function onPad(reading: LineReading, strokes: readonly PadStroke[]): PadReading {
  const characters = reading.characters.flatMap((character) => {
    const padParts = character.parts.flatMap(({ stroke, from, to }) => {
      const known = strokes[stroke]
      return known ? [{ stroke: known, from, to }] : []
    })
    const ink = padParts.map(({ stroke, from, to }) => stroke.points.slice(from, to + 1))
    const bounds = inkBounds(ink)
    return bounds ? [{ ...character, padParts, ink, bounds }] : []
  })
  return { ...reading, characters }
}

/** Pins as the service takes them; one of a stroke that is gone is left out. */
export function pinsFor(strokes: readonly PadStroke[], pins: readonly PadPin[]): Pin[] {
  return pins.flatMap(({ parts, label }) => {
    const numbered = parts.map(({ stroke, from, to }) => ({ stroke: strokes.indexOf(stroke), from, to }))
    return numbered.some(({ stroke }) => stroke < 0) ? [] : [{ parts: numbered, label }]
  })
}

/** Whether two have some ink in common. */
export function share(some: readonly PadPart[], others: readonly PadPart[]): boolean {
  return some.some((a) => others.some((b) => a.stroke === b.stroke && a.from < b.to && b.from < a.to))
}
