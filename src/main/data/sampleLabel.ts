import { malformed } from './dataErrors'

const longestLabel = 64

/** A label as models take it. @throws AppError 'data-malformed' where it is empty, or too long to be one */
export function checkLabel(label: string, file: string, place: string): string {
  if (label === '') throw malformed(file, place, 'the label is empty')
  if (label.length > longestLabel) {
    throw malformed(
      file,
      place,
      `the label has ${label.length} characters, where ${longestLabel} are allowed`,
    )
  }
  return label
}
