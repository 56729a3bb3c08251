import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Client } from '../../../shared/contract/client'
import type { Ink, Point } from '../../../shared/ink/ink'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { squareInput } from '../../../shared/model/specs'
import { Random } from '../../../shared/random'
import { thumbnailSize } from '../../../shared/samples/sampleBlock'
import { writtenForm, writtenFormLabels } from '../../data/augment/writtenForms'
import { writeOnPad } from './writingOnPage'

/** As a good digitiser gives them. */
const POINTS_PER_SECOND = 240
const FRAME_MS = 1000 / 60
/** What a character's strokes take to write, without the way between them. */
const CHARACTER_SECONDS = 0.9
const BETWEEN_CHARACTERS_MS = 250

export interface Writing {
  characters: number
  strokes: number
  points: number
  readings: number
  /** From the last point to the answer, in ms, of each character. */
  readonly lastAnswerMs: number[]
}

/**
 * Writes digits as a hand does, and has them read as the page does: at each frame the ink so far, unless the reading before is still
 * under way; then the whole, which is kept as a sample of that data set. Until the signal.
 */
export async function writeOn(
  client: Client,
  dataset: number,
  writing: Writing,
  signal: AbortSignal,
): Promise<void> {
  for (let number = 0; !signal.aborted; number++) {
    const { label, ink } = writtenCharacter(number)
    await writeCharacter(client, ink, writing)
    await keep(client, dataset, label, ink)
    writing.characters++
    await delay(BETWEEN_CHARACTERS_MS, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * Reads and keeps so many characters without a pause, as a long use does: what memory is compared with must come after caches,
 * pools and the young generations of the processes' heaps have grown to what they want.
 */
export async function warmUp(client: Client, dataset: number, characters: number): Promise<void> {
  for (let number = 0; number < characters; number++) {
    const { label, ink } = writtenCharacter(number)
    await client.recognition.ink({ ink: ink.map((stroke) => [...stroke]) })
    await keep(client, dataset, label, ink)
  }
}

/** The same writing, on the pad of the page: what was written is said by a key, whatever was read. Until the signal. */
export async function writeOnPage(page: Page, signal: AbortSignal): Promise<number> {
  for (let number = 0; ; number++) {
    if (signal.aborted) return number
    const { label, ink } = writtenCharacter(number)
    await writeOnPad(page, ink)
    await page.keyboard.press(label)
    await delay(BETWEEN_CHARACTERS_MS, undefined, { signal }).catch(() => undefined)
  }
}

function writtenCharacter(number: number): { label: string; ink: Ink } {
  const label = writtenFormLabels[number % writtenFormLabels.length] ?? '1'
  return { label, ink: withTimes(writtenForm(label, new Random(7, number))) }
}

/** @throws where what comes back is not what was given */
async function keep(client: Client, dataset: number, label: string, ink: Ink): Promise<void> {
  const kept = ink.map((stroke) => [...stroke])
  const { id } = await client.samples.add({
    ...{ dataset, label, ink: kept, source: 'confirmation', predicted: null, model: '' },
    raster: inkToRaster(ink, squareInput(thumbnailSize)),
  })
  const sample = await client.samples.get({ id })
  if (JSON.stringify(sample.ink) !== JSON.stringify(kept))
    throw new Error(`sample ${id} lost some of its ink`)
}

async function writeCharacter(client: Client, ink: Ink, writing: Writing): Promise<void> {
  const done: Point[][] = []
  let underWay: Promise<unknown> | null = null
  const read = async (): Promise<void> => {
    await client.recognition.ink({ ink: done.map((stroke) => [...stroke]) })
    writing.readings++
  }
  for (const stroke of ink) {
    const written: Point[] = []
    done.push(written)
    const begun = performance.now()
    while (written.length < stroke.length) {
      // As many as are due by now: a frame that comes late brings more of them.
      const due = 1 + Math.floor(((performance.now() - begun) / 1000) * POINTS_PER_SECOND)
      const more = stroke.slice(written.length, due)
      written.push(...more)
      writing.points += more.length
      underWay ??= read().finally(() => (underWay = null))
      if (written.length < stroke.length) await delay(FRAME_MS)
    }
    writing.strokes++
  }
  const finished = performance.now()
  await underWay
  await read()
  writing.lastAnswerMs.push(performance.now() - finished)
}

/** The same ink at 240 points a second: as many points as fit in the time, along the strokes. */
function withTimes(ink: Ink): Ink {
  const total = Math.round(CHARACTER_SECONDS * POINTS_PER_SECOND)
  const perStroke = Math.max(2, Math.round(total / ink.length))
  return ink.map((stroke) =>
    Array.from({ length: perStroke }, (_, i): Point => {
      const place = (i / (perStroke - 1)) * (stroke.length - 1)
      const [fromX, fromY] = stroke[Math.floor(place)] ?? [0, 0]
      const [toX, toY] = stroke[Math.ceil(place)] ?? [fromX, fromY]
      const share = place % 1
      const timeMs = (1000 * i) / POINTS_PER_SECOND
      return [fromX + share * (toX - fromX), fromY + share * (toY - fromY), timeMs]
    }),
  )
}
