/**
 * A calibrated probability in words that do not claim more than it knows: never 0 % or 100 %.
 */
export function formatProbability(probability: number, language: string): string {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  if (probability > 0.999) return `>${percent.format(0.999)}`
  if (probability >= 0.99) return percent.format(Math.floor(probability * 1000) / 1000)
  if (probability < 0.01) return `<${percent.format(0.01)}`
  return percent.format(Math.round(probability * 100) / 100)
}

/** A short time: '3.4 ms', '210 ms'. */
export function formatMilliseconds(elapsedMs: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'millisecond',
    maximumFractionDigits: elapsedMs < 10 ? 1 : 0,
  }).format(elapsedMs)
}
