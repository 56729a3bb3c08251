/** 0.9634 -> '96.3%'. */
export function percent(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share)
}

/** 42 -> '42 s', 95 -> '1 min 35 s', with the language's own units. */
export function duration(seconds: number, language: string): string {
  const whole = Math.max(0, Math.round(seconds))
  const unit = (value: number, name: 'second' | 'minute' | 'hour'): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  if (whole < 60) return unit(whole, 'second')
  if (whole < 3600) return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`
  return `${unit(Math.floor(whole / 3600), 'hour')} ${unit(Math.floor((whole % 3600) / 60), 'minute')}`
}

/** 1_234_567 -> '1.2 MB'. */
export function fileSize(bytes: number, language: string): string {
  const isLarge = bytes >= 1e6
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: 1,
  }).format(bytes / (isLarge ? 1e6 : 1e3))
}
