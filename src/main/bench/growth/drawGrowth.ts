import type { GrowthSeries } from './measureGrowth'

const panel = { width: 280, height: 200, left: 56, top: 36, right: 16, bottom: 40 }

/** One bar chart a series, side by side, as SVG that can be read on light and dark pages. */
export function drawGrowth(series: readonly GrowthSeries[]): string {
  const width = series.length * panel.width
  const charts = series.map(
    (one, i) => `<g transform="translate(${i * panel.width},0)">${drawChart(one)}</g>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${panel.height}" font-family="system-ui, sans-serif" font-size="11">`,
    `<rect width="${width}" height="${panel.height}" rx="8" fill="#ffffff"/>`,
    ...charts,
    '</svg>',
    '',
  ].join('\n')
}

function drawChart({ what, points }: GrowthSeries): string {
  const innerWidth = panel.width - panel.left - panel.right
  const innerHeight = panel.height - panel.top - panel.bottom
  const most = Math.max(...points.map(({ imagesPerSecond }) => imagesPerSecond))
  const slot = innerWidth / points.length
  const bars = points.map(({ value, imagesPerSecond }, i) => {
    const height = (innerHeight * imagesPerSecond) / most
    const x = panel.left + i * slot
    const y = panel.top + innerHeight - height
    const middle = (x + slot / 2).toFixed(1)
    return [
      `<rect x="${(x + 2).toFixed(1)}" y="${y.toFixed(1)}" width="${(slot - 4).toFixed(1)}" height="${height.toFixed(1)}" rx="2" fill="#4f46e5"/>`,
      `<text x="${middle}" y="${(y - 4).toFixed(1)}" text-anchor="middle" fill="#3f3f46" font-size="9">${imagesPerSecond}</text>`,
      `<text x="${middle}" y="${panel.top + innerHeight + 14}" text-anchor="middle" fill="#3f3f46">${value}</text>`,
    ].join('')
  })
  return [
    `<text x="${panel.left}" y="18" fill="#18181b" font-weight="600">images per CPU second, by ${what}</text>`,
    ...bars,
    `<line x1="${panel.left}" x2="${panel.width - panel.right}" y1="${panel.top + innerHeight}" y2="${panel.top + innerHeight}" stroke="#a1a1aa"/>`,
  ].join('\n')
}
