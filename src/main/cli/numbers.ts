import { InvalidArgumentError } from 'commander'

/** Reads a number as one writes it; Number() alone would take '', ' ' and '0x10' too. */
export function parseNumber(text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It should be a number.')
  return value
}

export function parseWholeNumber(text: string): number {
  const value = parseNumber(text)
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It should be a whole number.')
  return value
}

export function parsePort(text: string): number {
  const port = parseWholeNumber(text)
  if (port < 0 || port > 65_535) throw new InvalidArgumentError('It should be a port, from 0 to 65535.')
  return port
}

/** Whole numbers between commas. */
export function parseWholeNumbers(text: string): number[] {
  return text.split(',').map((part) => parseWholeNumber(part.trim()))
}
