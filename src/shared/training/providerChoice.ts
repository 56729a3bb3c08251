import { z } from 'zod'
import { providerSchema, type Provider } from './recipe'

/** What a training may be asked to run on: a provider by name, or the one that is measured to be the fastest. */
export const providerRequestSchema = z.union([z.literal('auto'), providerSchema])
export type ProviderRequest = z.infer<typeof providerRequestSchema>

/** How fast a provider was at one network, in milliseconds; medians. */
export const providerSpeedSchema = z.object({
  /** One training step. */
  stepMs: z.number(),
  imagesPerSecond: z.number(),
  /** One reading by itself, as the Write screen asks for. */
  readingMs: z.number(),
  /** Whether it computes the whole training step. Where it does not, the rest is left to the CPU, with copies between them. */
  wholly: z.boolean(),
})
export type ProviderSpeed = z.infer<typeof providerSpeedSchema>

/** What became of trying a provider. */
export const triedProviderSchema = z.object({
  provider: providerSchema,
  works: z.boolean(),
  /** Why it does not work, or could not be measured; empty where all went well. */
  detail: z.string(),
  elapsedMs: z.number(),
  /** Null where it does not work, took too long, or there was nothing to choose from. */
  speed: providerSpeedSchema.nullable(),
})
export type TriedProvider = z.infer<typeof triedProviderSchema>

/** The provider that a training runs on, and what it was chosen from. */
export const providerChoiceSchema = z.object({
  provider: providerSchema,
  /**
   * 'only': no other works. 'fastest': by measurement. 'close': another was faster, but by too little to give up the CPU's
   * repeatable results.
   */
  reason: z.enum(['only', 'fastest', 'close']),
  batchSize: z.int(),
  tried: z.array(triedProviderSchema),
})
export type ProviderChoice = z.infer<typeof providerChoiceSchema>

/** How much of the CPU's time a step may take elsewhere to be worth it: on the CPU the same seed gives the same bits. */
const WORTH_LEAVING = 0.9

/** Chooses the provider to train on by what was measured, never by its name; the CPU where nothing else is worth it. */
export function chooseProvider(tried: readonly TriedProvider[]): Pick<ProviderChoice, 'provider' | 'reason'> {
  const speeds = new Map<Provider, number>()
  for (const { provider, works, speed } of tried) if (works && speed) speeds.set(provider, speed.stepMs)
  const [fastest] = [...speeds].sort(([, a], [, b]) => a - b)
  const others = tried.filter(({ provider, works }) => works && provider !== 'cpu')
  if (!fastest || others.length === 0) return { provider: 'cpu', reason: 'only' }
  const [provider, stepMs] = fastest
  if (provider === 'cpu') return { provider, reason: 'fastest' }
  const isWorthIt = stepMs <= WORTH_LEAVING * (speeds.get('cpu') ?? Infinity)
  return isWorthIt ? { provider, reason: 'fastest' } : { provider: 'cpu', reason: 'close' }
}
