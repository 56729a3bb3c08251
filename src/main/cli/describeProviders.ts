import type { ProviderChoice, TriedProvider } from '../../shared/training/providerChoice'
import type { Provider } from '../../shared/training/recipe'

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`

/** Whether a provider works, and how fast it was. */
export function describeProvider({ works, detail, elapsedMs, speed }: TriedProvider): string {
  if (!works) return detail.startsWith('does not work') ? detail : `does not work: ${detail}`
  if (!speed) return `works (${detail ? `${detail}, ` : ''}tried in ${Math.round(elapsedMs)} ms)`
  const figures = [
    `${milliseconds(speed.stepMs)} a training step`,
    `${Math.round(speed.imagesPerSecond)} images/s`,
    `${milliseconds(speed.readingMs)} a reading`,
    ...(speed.wholly ? [] : ['a part of the step is left to the CPU']),
  ]
  return `works: ${figures.join(', ')}`
}

/** Which provider a training runs on, and why. */
export function describeChoice({ provider, reason, tried }: ProviderChoice): string {
  const speeds = tried.flatMap(({ provider: name, speed }) =>
    speed ? [`${name} ${milliseconds(speed.stepMs)}`] : [],
  )
  switch (reason) {
    case 'only':
      return `${provider}, the only one that works here`
    case 'fastest':
      return `${provider}, the fastest (${speeds.join(', ')} a step)`
    case 'close':
      return `${provider}: another is hardly faster (${speeds.join(', ')} a step), and here the same seed gives the same weights`
  }
}

/** What reads, and what was measured of it. */
export function describeReading(recognition: Provider, tried: readonly TriedProvider[]): string {
  const speeds = tried.flatMap(({ provider, speed }) => (speed ? [{ provider, ...speed }] : []))
  const own = speeds.find(({ provider }) => provider === recognition)
  const faster = speeds.filter(({ readingMs }) => own && readingMs < own.readingMs)
  const told = faster.map(({ provider, readingMs }) => `; ${provider} took ${milliseconds(readingMs)}`)
  return `on ${recognition}${own ? `, ${milliseconds(own.readingMs)} a character` : ''}${told.join('')}`
}
