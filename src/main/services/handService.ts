import { AppError } from '../../shared/errors/appError'
import { cosine } from '../../shared/hand/cosine'
import type {
  EnrolledHand,
  HandComparison,
  HandMatch,
  HandMeasurement,
  WritersBy,
} from '../../shared/hand/hand'
import { likelihoodRatio, type HandOdds } from '../../shared/hand/handOdds'
import type { EmbeddedHand, HandWriting } from '../engineProcess/contract'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { HandsFile, StoredHand } from '../store/handsFile'
import { inFreshEngine } from './freshEngine'
import type { ModelService } from './modelService'

/** For what hangs; measuring on much data takes minutes. */
const LIMIT_MS = 3600 * 1000

/** What is asked of hands, by which model. */
interface HandRequest {
  readonly writing: HandWriting
  readonly model: string
}

/** Whose hand it is: people are enrolled, and writing is compared with them. */
export class HandService {
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
    private readonly hands: HandsFile,
  ) {}

  async list(): Promise<EnrolledHand[]> {
    const hands = await this.hands.read()
    return Promise.all(hands.map((hand) => this.#describe(hand)))
  }

  async enrol(
    { name, writing, model }: HandRequest & { name: string },
    signal?: AbortSignal,
  ): Promise<EnrolledHand> {
    const { samples, mean, model: by } = await this.#embed(writing, model, signal)
    const hand: StoredHand = {
      ...{ name, samples, model: by, mean: [...mean] },
      created: new Date().toISOString(),
    }
    await this.hands.update((known) => [...known.filter((other) => other.name !== name), hand])
    return this.#describe(hand)
  }

  /** Those enrolled by another model, or before this one changed, take no part. */
  async identify({ writing, model }: HandRequest, signal?: AbortSignal): Promise<HandComparison> {
    const embedded = await this.#embed(writing, model, signal)
    const hands = (await this.hands.read()).filter((hand) => isOf(hand, embedded))
    return compare(embedded, hands)
  }

  /** @throws AppError 'hand-unknown', 'hand-outdated' */
  async verify(
    { name, writing, model }: HandRequest & { name: string },
    signal?: AbortSignal,
  ): Promise<HandComparison> {
    const hand = await this.#known(name)
    const embedded = await this.#embed(writing, model, signal)
    if (!isOf(hand, embedded)) throw new AppError('hand-outdated', { name, model: embedded.model.name })
    return compare(embedded, [hand])
  }

  /** @throws AppError 'hand-unknown', 'hand-taken' */
  async rename(name: string, to: string): Promise<EnrolledHand> {
    const renamed = { ...(await this.#known(name)), name: to }
    await this.hands.update((known) => {
      if (to !== name && known.some((other) => other.name === to))
        throw new AppError('hand-taken', { name: to })
      return known.map((other) => (other.name === name ? renamed : other))
    })
    return this.#describe(renamed)
  }

  /** @throws AppError 'hand-unknown' */
  async remove(name: string): Promise<void> {
    await this.#known(name)
    await this.hands.update((known) => known.filter((other) => other.name !== name))
  }

  /** @returns how many were forgotten */
  async wipe(): Promise<number> {
    let gone = 0
    await this.hands.update((known) => {
      gone = known.length
      return []
    })
    return gone
  }

  async measure(
    request: {
      model: string
      data: string
      against?: string | undefined
      by: WritersBy
      enrolled: readonly number[]
      questioned: readonly number[]
    },
    signal?: AbortSignal,
  ): Promise<HandMeasurement> {
    const { model, against = null, ...rest } = request
    const modelFolder = await this.models.resolve(model)
    return inFreshEngine(
      this.createEngine,
      LIMIT_MS,
      (engine, limit) => engine.request('measureHands', { modelFolder, against, ...rest }, { signal: limit }),
      signal,
    )
  }

  async calibrate(
    {
      model,
      whiten = null,
      ...rest
    }: { model: string; data: string; whiten?: string | null | undefined; by: WritersBy },
    signal?: AbortSignal,
  ): Promise<HandOdds> {
    const modelFolder = await this.models.resolve(model)
    return inFreshEngine(
      this.createEngine,
      LIMIT_MS,
      (engine, limit) =>
        engine.request('calibrateHands', { modelFolder, whiten, ...rest }, { signal: limit }),
      signal,
    )
  }

  async #embed(writing: HandWriting, model: string, signal?: AbortSignal): Promise<EmbeddedHand> {
    const modelFolder = await this.models.resolve(model)
    return inFreshEngine(
      this.createEngine,
      LIMIT_MS,
      (engine, limit) => engine.request('embedHand', { modelFolder, writing }, { signal: limit }),
      signal,
    )
  }

  async #known(name: string): Promise<StoredHand> {
    const hands = await this.hands.read()
    const hand = hands.find((other) => other.name === name)
    if (hand) return hand
    throw new AppError('hand-unknown', {
      name,
      known: hands.map((other) => other.name).join(', ') || '(none)',
    })
  }

  async #describe({ name, samples, created, model }: StoredHand): Promise<EnrolledHand> {
    const card = await this.models.card(model.name).catch(() => null)
    return { name, samples, created, model: model.name, current: card?.created === model.created }
  }
}

function isOf({ model }: StoredHand, { model: { name, created } }: EmbeddedHand): boolean {
  return model.name === name && model.created === created
}

function compare({ model, odds, samples, mean }: EmbeddedHand, hands: readonly StoredHand[]): HandComparison {
  if (odds === null) throw new AppError('hand-odds-missing', { model: model.name })
  const matches = hands.map((hand): HandMatch => {
    const score = cosine(hand.mean, mean)
    const ratio = likelihoodRatio(odds, score, hand.samples, samples)
    return { name: hand.name, enrolled: hand.samples, score, likelihoodRatio: ratio }
  })
  return {
    ...{ model: model.name, questioned: samples, calibratedOn: odds.writers },
    matches: matches.sort((a, b) => b.likelihoodRatio - a.likelihoodRatio || b.score - a.score),
  }
}
