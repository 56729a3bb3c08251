/** Where numbers around 0 are painted: a picture of them, `[height, width]`, 128 being 0. */
export interface SignedPicture {
  readonly width: number
  readonly height: number
  readonly values: Uint8Array
  /** Drawn faintly below, 255 ink. */
  readonly ink?: Uint8Array
}

/** The accent's colour above 0 and that of refusal below, the stronger the further, on the theme's paper. */
export function paintSigned(canvas: HTMLCanvasElement, { width, height, values, ink }: SignedPicture): void {
  const context = canvas.getContext('2d')
  if (!context) return
  canvas.width = width
  canvas.height = height
  const style = getComputedStyle(canvas)
  const colour = (name: string) => channels(context, style.getPropertyValue(`--${name}`))
  const [paper, dark, above, below] = [colour('paper'), colour('ink'), colour('accent'), colour('refuse')]
  const image = context.createImageData(width, height)
  for (let place = 0; place < width * height; place++) {
    const value = ((values[place] ?? 128) - 128) / 127
    // The root lifts what is weak, which the eye would lose.
    const strength = Math.sqrt(Math.min(1, Math.abs(value)))
    const tint = value > 0 ? above : below
    const faint = (0.35 * (ink?.[place] ?? 0)) / 255
    for (let channel = 0; channel < 3; channel++) {
      const ground = mix(paper[channel] ?? 0, dark[channel] ?? 0, faint)
      image.data[place * 4 + channel] = mix(ground, tint[channel] ?? 0, 0.9 * strength)
    }
    image.data[place * 4 + 3] = 255
  }
  context.putImageData(image, 0, 0)
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

/** A canvas writes opaque colours as #rrggbb, however they were given. */
function channels(context: CanvasRenderingContext2D, colour: string): number[] {
  context.fillStyle = colour
  const text = context.fillStyle
  return [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16) || 0)
}
