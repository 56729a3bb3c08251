import { cosine } from '../../../shared/hand/cosine'
import { Random } from '../../../shared/random'
import { meanEmbedding, type HandEmbeddings } from './embedHands'

/** Samples with who wrote each. */
export interface WrittenSamples {
  readonly embeddings: HandEmbeddings
  /** The samples of each writer. */
  readonly byWriter: ReadonlyMap<string, readonly number[]>
}

/** Scores of one hand with itself and with others, and how often the own was the highest. */
export interface HandTrials {
  readonly enrolled: number
  readonly questioned: number
  readonly same: readonly number[]
  readonly different: readonly number[]
  readonly identified: number
  readonly writers: number
}

/** Each writer is enrolled so often, by other samples. */
const rounds = 8
/** Writing in question of each writer, in each round. */
const mostGroups = 8

/**
 * Enrols each writer by some samples, and compares all of them with other samples of everybody. The same each time.
 * @param against where the samples in question are from; the samples that are not enrolled where it is left out. Only who wrote
 * enough in both takes part.
 */
export function tryHands(
  known: WrittenSamples,
  enrolled: number,
  questioned: number,
  against: WrittenSamples = known,
): HandTrials {
  const own = against === known
  const writers = [...known.byWriter.keys()].filter(
    (writer) =>
      (known.byWriter.get(writer)?.length ?? 0) >= enrolled + (own ? questioned : 0) &&
      (against.byWriter.get(writer)?.length ?? 0) >= questioned,
  )
  const [same, different]: [number[], number[]] = [[], []]
  let [asked, identified] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const random = new Random(round, 0x4a9d)
    const drawn = writers.map((writer) => {
      const samples = random.shuffle([...(known.byWriter.get(writer) ?? [])])
      const others = own ? samples.slice(enrolled) : random.shuffle([...(against.byWriter.get(writer) ?? [])])
      return { mean: meanEmbedding(known.embeddings, samples.slice(0, enrolled)), others }
    })
    drawn.forEach(({ others }, writer) => {
      for (let group = 0; group < mostGroups && (group + 1) * questioned <= others.length; group++) {
        const one = meanEmbedding(
          against.embeddings,
          others.slice(group * questioned, (group + 1) * questioned),
        )
        const scores = drawn.map(({ mean }) => cosine(mean, one))
        const ownScore = scores[writer] ?? 0
        same.push(ownScore)
        scores.forEach((score, other) => other !== writer && different.push(score))
        asked++
        if (scores.every((score) => score <= ownScore)) identified++
      }
    })
  }
  return {
    ...{ enrolled, questioned, same, different, writers: writers.length },
    identified: asked === 0 ? 0 : identified / asked,
  }
}
