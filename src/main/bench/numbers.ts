import { InvalidArgumentError } from 'commander'

/** Of an option: a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It should be a positive number.')
  return value
}
