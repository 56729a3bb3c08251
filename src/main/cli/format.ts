/** 42 -> '42 s', 95 -> '1 min 35 s', 7300 -> '2 h 2 min'. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** 0.99634 -> '99.63 %'. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}
