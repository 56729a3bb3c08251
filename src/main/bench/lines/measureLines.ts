import { Random } from '../../../shared/random'
import type { FieldKind } from '../../../shared/recognition/line/lineReading'
import { openDataset } from '../../data/openDataset'
import { Recognizer } from '../../engine/infer/recognizer'
import { readLine } from '../../engine/line/readLine'
import { composeLine, type Hand } from './composeLine'

interface LinesPlan {
  readonly modelFolder: string
  readonly data: string
  /** Lines of each kind and writer. */
  readonly lines: number
  readonly seed: number
}

export interface LinesResult {
  readonly kind: FieldKind
  readonly lines: number
  /** Of whole lines. */
  readonly accuracy: number
  /** Edits from what was written to what was read, by characters written (Levenshtein 1966). */
  readonly characterError: number
  readonly medianMs: number
}

const digit = (random: Random): string => String(random.integer(10))
const digits = (random: Random, least: number, most: number): string =>
  Array.from({ length: least + random.integer(most - least + 1) }, () => digit(random)).join('')

/** Texts as people fill in fields. */
const texts: Readonly<Partial<Record<FieldKind, (random: Random) => string>>> = {
  free: (random) => digits(random, 3, 8),
  digits: (random) => digits(random, 3, 8),
  amount: (random) => {
    const whole = String(1 + random.integer(10 ** (1 + random.integer(5))))
    return random.chance(0.3) && whole.length > 3
      ? `${whole.slice(0, -3)},${whole.slice(-3)}.${digits(random, 2, 2)}`
      : `${whole}.${digits(random, 2, 2)}`
  },
  date: (random) => {
    const mark = '/.-'.charAt(random.integer(3))
    return [1 + random.integer(28), 1 + random.integer(12), 1990 + random.integer(40)].join(mark)
  },
  postcode: (random) => digits(random, 5, 5),
  phone: (random) => `${digits(random, 3, 3)}-${digits(random, 3, 3)}-${digits(random, 4, 4)}`,
}

/** Reads lines composed of each writer's own characters. */
export async function measureLines(plan: LinesPlan, tell: (line: string) => void): Promise<LinesResult[]> {
  const recognizer = await Recognizer.load(plan.modelFolder, { provider: 'cpu' })
  const model = recognizer.lineModel()
  const hands = await openHands(plan.data, recognizer)
  const results: LinesResult[] = []
  for (const [kind, makeText] of Object.entries(texts)) {
    const expects = kind as FieldKind
    const readings: { text: string; read: string; elapsedMs: number }[] = []
    for (const [writer, hand] of hands.entries()) {
      const random = new Random(plan.seed, writer)
      for (let i = 0; i < plan.lines; i++) {
        const text = makeText(random)
        const ink = composeLine(text, hand, random).map((stroke) => [...stroke])
        const started = performance.now()
        const { text: read } = await readLine({ ink, expects, pins: [] }, model)
        readings.push({ text, read, elapsedMs: performance.now() - started })
        if (read !== text) tell(`${kind}: ${text} read as ${read}`)
      }
    }
    results.push(summarize(expects, readings))
  }
  await recognizer.release()
  return results
}

function summarize(
  kind: FieldKind,
  readings: readonly { text: string; read: string; elapsedMs: number }[],
): LinesResult {
  const times = readings.map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b)
  const edits = readings.reduce((sum, { text, read }) => sum + distance(text, read), 0)
  return {
    kind,
    lines: readings.length,
    accuracy: readings.filter(({ text, read }) => text === read).length / readings.length,
    characterError: edits / readings.reduce((sum, { text }) => sum + text.length, 0),
    medianMs: times[times.length >> 1] ?? 0,
  }
}

/** The digits of each writer who has all of them. */
async function openHands(data: string, recognizer: Recognizer): Promise<Hand[]> {
  const { labels, labelIndex, writers, content } = await openDataset(data, recognizer.card.spec.input)
  const hands = new Map<string, Map<string, (typeof inks)[number][]>>()
  const inks = content.kind === 'ink' ? content.inks : []
  inks.forEach((ink, at) => {
    const label = labels[labelIndex[at] ?? -1] ?? ''
    const writer = writers?.[at] ?? ''
    const hand = hands.get(writer) ?? new Map<string, (typeof inks)[number][]>()
    hands.set(writer, hand)
    hand.set(label, [...(hand.get(label) ?? []), ink])
  })
  return [...hands.values()].filter((hand) => Array.from('0123456789').every((label) => hand.has(label)))
}

/** Levenshtein's distance, one row at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  Array.from(from).forEach((character, i) => {
    const next = [i + 1]
    Array.from(to).forEach((other, j) => {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (character === other ? 0 : 1)),
      )
    })
    row = next
  })
  return row.at(-1) ?? 0
}
