import { describe, expect, it } from 'vitest'
import { onPad, pinsFor } from '../../../src/renderer/line/padCharacter'
import { characterUnder, isRewriting, withoutParts } from '../../../src/renderer/line/rewriting'
import type { PadStroke } from '../../../src/renderer/pad/inkPad.svelte'
import type { Point } from '../../../src/shared/ink/ink'
import type { LineCharacter, LineReading } from '../../../src/shared/recognition/line/lineReading'
import { prediction } from './samplePrediction'

const stroke = (...points: Point[]): PadStroke => ({ points, pressure: false })
const character = (label: string, parts: LineCharacter['parts']): LineCharacter => ({
  label,
  probability: 1,
  sure: true,
  candidates: [{ label, probability: 1 }],
  parts,
  spaceBefore: false,
})
const reading = (...characters: LineCharacter[]): LineReading => ({
  model: 'digits',
  text: characters.map(({ label }) => label).join(''),
  characters,
  alternatives: [],
  fits: true,
  elapsedMs: 1,
})

const upright = stroke([0, 0], [5, 50], [0, 100])
const both = stroke([30, 0], [60, 100], [70, 50], [100, 0], [130, 100])
const strokes = [upright, both]
const { characters } = onPad(
  reading(
    character('1', [{ stroke: 0, from: 0, to: 2 }]),
    character('7', [{ stroke: 1, from: 0, to: 2 }]),
    character('7', [{ stroke: 1, from: 2, to: 4 }]),
  ),
  strokes,
)

describe('a stroke that is written over a character', () => {
  it('lies over it as a whole; one that crosses or dots it does not', () => {
    expect(characterUnder(stroke([62, 0], [130, 100]), characters)).toBe(characters[2])
    expect(characterUnder(stroke([30, 50], [70, 52]), characters)).toBeNull()
    expect(characterUnder(stroke([400, 0], [450, 100]), characters)).toBeNull()
  })

  it('begins it anew where both together are no character, or much less like one', () => {
    const like = (probability: number) => ({
      ...prediction(),
      candidates: [{ label: '4', probability }],
    })
    expect(isRewriting(like(0.6), prediction({ verdict: 'not-a-character' }))).toBe(true)
    expect(isRewriting(like(0.99), like(0.5))).toBe(true)
    expect(isRewriting(like(0.99), like(0.97))).toBe(false)
    expect(isRewriting(prediction({ verdict: 'not-a-character' }), like(0.5))).toBe(false)
  })

  it('leaves what a stroke has of other characters', () => {
    const left = withoutParts(strokes, characters[1]?.padParts ?? [])
    expect(left).toEqual([upright, stroke([70, 50], [100, 0], [130, 100])])
    expect(left[0]).toBe(upright)
  })
})

describe('what was said of some strokes', () => {
  const pins = [{ parts: characters[2]?.padParts ?? [], label: '2' }]

  it('goes with them, whatever their number', () => {
    expect(pinsFor(strokes, pins)[0]?.parts).toEqual([{ stroke: 1, from: 2, to: 4 }])
    expect(pinsFor([both], pins)[0]?.parts).toEqual([{ stroke: 0, from: 2, to: 4 }])
  })

  it('ends with them', () => {
    expect(pinsFor([upright], pins)).toEqual([])
  })
})
