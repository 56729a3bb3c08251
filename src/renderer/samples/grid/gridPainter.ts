import type { GridColours } from './gridColours'
import { cellPlace, labelHeight, visibleRows, type GridLayout } from './gridLayout'
import type { SamplePages } from './samplePages'
import { ThumbnailPainter } from './thumbnailPainter'

/** What the grid shows at the moment. */
export interface GridScene {
  readonly layout: GridLayout
  readonly topPx: number
  readonly viewHeightPx: number
  readonly viewWidthPx: number
  readonly colours: GridColours
  readonly isSelected: (id: number) => boolean
  /** The cell that has the keys; null where the grid is not in use. */
  readonly active: number | null
}

/** A painted row of cells, kept for as long as it holds what it would be painted with now. */
interface PaintedRow {
  readonly canvas: OffscreenCanvas
  readonly version: number
}

/** Paints the grid: each row once, onto a canvas of its own, and then those in sight at every frame. */
export class GridPainter {
  readonly #pages: SamplePages
  readonly #rows = new Map<number, PaintedRow>()
  #thumbnails = new ThumbnailPainter(1)
  /** What the rows were painted for; others are painted anew. */
  #key = ''
  #colours: GridColours | null = null

  constructor(pages: SamplePages) {
    this.#pages = pages
  }

  paint(canvas: HTMLCanvasElement, scene: GridScene): void {
    const context = canvas.getContext('2d')
    if (!context) return
    const scale = window.devicePixelRatio
    const width = Math.round(scene.viewWidthPx * scale)
    const height = Math.round(scene.viewHeightPx * scale)
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    this.#startAnewFor(scene, scale)
    const { layout, topPx } = scene
    const [first, end] = visibleRows(layout, topPx, scene.viewHeightPx)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    for (let row = first; row < end; row++) {
      const y = Math.round((row * layout.cellHeightPx - topPx) * scale)
      context.drawImage(this.#row(row, scene, scale), Math.round(layout.leftPx * scale), y)
    }
    context.setTransform(scale, 0, 0, scale, 0, 0)
    this.#outline(context, scene, first, end)
    for (const row of this.#rows.keys()) if (row < first - 8 || row > end + 8) this.#rows.delete(row)
  }

  #startAnewFor({ layout, colours }: GridScene, scale: number): void {
    const key = `${layout.columns} ${layout.cellWidthPx} ${layout.total} ${scale}`
    if (key === this.#key && colours === this.#colours) return
    this.#key = key
    this.#colours = colours
    this.#rows.clear()
    const gapPx = layout.cellWidthPx < 30 ? 1 : layout.cellWidthPx < 60 ? 4 : 8
    this.#thumbnails = new ThumbnailPainter(Math.max(1, Math.round((layout.cellWidthPx - gapPx) * scale)))
  }

  #row(row: number, scene: GridScene, scale: number): OffscreenCanvas {
    const { layout } = scene
    const first = row * layout.columns
    const end = Math.min(first + layout.columns, layout.total)
    const version = this.#pages.versionOf(first, end)
    const painted = this.#rows.get(row)
    if (painted?.version === version) return painted.canvas
    const canvas = painted?.canvas ?? this.#createRowCanvas(layout, scale)
    this.#paintRow(canvas, scene, scale, first, end)
    this.#rows.set(row, { canvas, version })
    return canvas
  }

  #createRowCanvas(layout: GridLayout, scale: number): OffscreenCanvas {
    return new OffscreenCanvas(
      Math.max(1, Math.round(layout.columns * layout.cellWidthPx * scale)),
      Math.max(1, Math.round(layout.cellHeightPx * scale)),
    )
  }

  #paintRow(canvas: OffscreenCanvas, scene: GridScene, scale: number, first: number, end: number): void {
    const context = canvas.getContext('2d')
    if (!context) return
    const { layout, colours } = scene
    const image = context.createImageData(canvas.width, canvas.height)
    const target = new Uint32Array(image.data.buffer)
    const inset = Math.floor((Math.round(layout.cellWidthPx * scale) - this.#thumbnails.sizePx) / 2)
    for (let index = first; index < end; index++) {
      const cell = this.#pages.cell(index)
      const left = Math.round((index - first) * layout.cellWidthPx * scale) + inset
      if (cell) this.#thumbnails.paint(target, canvas.width, left, inset, cell.pixels, colours.shades)
      else fillSquare(target, canvas.width, left, inset, this.#thumbnails.sizePx, colours.shades[12] ?? 0)
    }
    context.putImageData(image, 0, 0)
    if (labelHeight(layout) === 0) return
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    for (let index = first; index < end; index++) this.#paintLabel(context, scene, index, index - first)
  }

  #paintLabel(
    context: OffscreenCanvasRenderingContext2D,
    scene: GridScene,
    index: number,
    column: number,
  ): void {
    const { layout, colours } = scene
    const cell = this.#pages.cell(index)
    const label = this.#pages.labelOf(index)
    if (!cell || label === null) return
    const middleX = (column + 0.5) * layout.cellWidthPx
    const middleY = layout.cellWidthPx + labelHeight(layout) / 2 - 3
    const predicted = this.#pages.predictedOf(index)
    const isWrong = predicted !== null && predicted !== label
    context.font = `600 13px ${labelFont}`
    context.fillStyle = cell.corrected ? colours.accent : colours.text
    const text = isWrong ? `${shorten(label)} ≠ ${shorten(predicted)}` : shorten(label)
    if (isWrong) context.fillStyle = colours.refuse
    context.fillText(text, middleX, middleY, layout.cellWidthPx - 4)
    const markX = column * layout.cellWidthPx + layout.cellWidthPx - 9
    if (cell.flagged) dot(context, markX, 9, colours.caution, colours.paper)
    else if (cell.reviewed) dot(context, markX, 9, colours.success, colours.paper)
  }

  #outline(context: CanvasRenderingContext2D, scene: GridScene, first: number, end: number): void {
    const { layout, topPx, colours } = scene
    const last = Math.min(end * layout.columns, layout.total)
    const isSmall = layout.cellWidthPx < 30
    context.strokeStyle = colours.accent
    for (let index = first * layout.columns; index < last; index++) {
      const id = this.#pages.cell(index)?.id
      const isSelected = id !== undefined && scene.isSelected(id)
      if (!isSelected && index !== scene.active) continue
      const { x, y } = cellPlace(layout, index)
      if (isSelected) {
        context.globalAlpha = 0.2
        context.fillStyle = colours.accent
        context.fillRect(x, y - topPx, layout.cellWidthPx, layout.cellHeightPx)
        context.globalAlpha = 1
      }
      context.lineWidth = index === scene.active ? (isSmall ? 2 : 2.5) : 1
      const inset = context.lineWidth / 2
      context.beginPath()
      context.roundRect(
        x + inset,
        y - topPx + inset,
        layout.cellWidthPx - 2 * inset,
        layout.cellHeightPx - 2 * inset,
        isSmall ? 1 : 6,
      )
      context.stroke()
    }
  }
}

const labelFont = "ui-sans-serif, system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

/** A label may be a word. */
function shorten(label: string): string {
  const characters = [...label]
  return characters.length > 8 ? `${characters.slice(0, 7).join('')}…` : label
}

function fillSquare(
  target: Uint32Array,
  stride: number,
  left: number,
  top: number,
  size: number,
  value: number,
): void {
  for (let y = top; y < top + size; y++) target.fill(value, y * stride + left, y * stride + left + size)
}

function dot(
  context: OffscreenCanvasRenderingContext2D,
  x: number,
  y: number,
  colour: string,
  rim: string,
): void {
  context.beginPath()
  context.arc(x, y, 4, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
  context.lineWidth = 1.5
  context.strokeStyle = rim
  context.stroke()
}
