/** A grey picture of real numbers; the working form between the steps of pictureToRaster. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** Where the target looks into the source: target pixel edge `t` lies at source edge `t / scale + start`. */
interface AxisMap {
  readonly scale: number
  readonly start: number
}

/**
 * Resamples by one scale with any sub-pixel offset; outside the source is 0. Downwards each target pixel is the exact
 * average of the area it covers, so no thin line is lost between samples; upwards it is interpolated linearly.
 */
export function resample(
  source: Plane,
  width: number,
  height: number,
  scale: number,
  startX: number,
  startY: number,
): Plane {
  const across = resampleRows(source, width, { scale, start: startX })
  const turned = transpose(across)
  return transpose(resampleRows(turned, height, { scale, start: startY }))
}

function transpose(plane: Plane): Plane {
  const { width, height, values } = plane
  const turned = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x] ?? 0
  }
  return { width: height, height: width, values: turned }
}

function resampleRows(source: Plane, width: number, map: AxisMap): Plane {
  const result = new Float32Array(width * source.height)
  for (let x = 0; x < width; x++) {
    const weights = map.scale < 1 ? areaWeights(x, map) : linearWeights(x, map)
    const first = Math.max(weights.first, 0)
    const end = Math.min(weights.first + weights.values.length, source.width)
    for (let y = 0; y < source.height; y++) {
      let sum = 0
      for (let i = first; i < end; i++) {
        sum += (source.values[y * source.width + i] ?? 0) * (weights.values[i - weights.first] ?? 0)
      }
      result[y * width + x] = sum
    }
  }
  return { width, height: source.height, values: result }
}

interface Weights {
  readonly first: number
  readonly values: readonly number[]
}

function areaWeights(x: number, { scale, start }: AxisMap): Weights {
  const from = x / scale + start
  const to = (x + 1) / scale + start
  const first = Math.floor(from)
  const values: number[] = []
  for (let i = first; i < to; i++) values.push((Math.min(to, i + 1) - Math.max(from, i)) * scale)
  return { first, values }
}

function linearWeights(x: number, { scale, start }: AxisMap): Weights {
  const centre = (x + 0.5) / scale + start - 0.5
  const first = Math.floor(centre)
  return { first, values: [1 - (centre - first), centre - first] }
}
