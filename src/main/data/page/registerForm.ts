import type { Raster } from '../../../shared/image/raster'
import type { FormSpec } from '../../../shared/recognition/form/formSpec'
import { findMarkers } from '../sheet/findMarkers'
import { apply, mapFourPlaces, type Homography, type Place } from './homography'
import { warpPicture } from './warpPicture'

/** A part of a form's page, in shares of its width and height. */
type PagePart = FormSpec['fields'][number]['box']

/** A scan of a form that knows where the form's page lies on it. */
interface RegisteredForm {
  /** A part of the page as it would be on a straight scan, in about as many pixels as the scan has for it. */
  readonly part: (box: PagePart) => Raster
}

/** Of a part's side in pixels: a form that asks for more is not on the scan as it says. */
const longestSide = 4000

/**
 * Lays a form's page over a scan: by the form's four corner markers, whatever the scan's skew, scale, shift and perspective; or,
 * where the form has none, side by side with the scan.
 *
 * @param scan dark on light, right way up
 * @returns null where the form has markers and the scan does not show them
 */
export function registerForm(scan: Raster, { markers }: Pick<FormSpec, 'markers'>): RegisteredForm | null {
  const [onForm, onScan] = markers
    ? [markers, findMarkers(scan)]
    : [cornersOf(1, 1), cornersOf(scan.width, scan.height)]
  const toScan = onScan && mapFourPlaces(onForm, onScan)
  return toScan && { part: (box) => cutOut(scan, toScan, box) }
}

function cornersOf(width: number, height: number): Place[] {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
}

function cutOut(scan: Raster, toScan: Homography, box: PagePart): Raster {
  const corners = cornersOf(box.width, box.height).map(({ x, y }) =>
    apply(toScan, { x: box.x + x, y: box.y + y }),
  )
  const sideOf = (from: number, to: number): number => {
    const [one, other] = [corners[from], corners[to]]
    const length = one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0
    return Math.max(1, Math.min(longestSide, Math.round(length)))
  }
  const [width, height] = [Math.max(sideOf(0, 1), sideOf(3, 2)), Math.max(sideOf(0, 3), sideOf(1, 2))]
  const fromPart = mapFourPlaces(cornersOf(width, height), corners)
  if (fromPart === null) throw new Error('a part of a page has four corners')
  return warpPicture(scan, fromPart, width, height)
}
