import { assertExists } from '../../../shared/assert'

let place: string | null = null

/** Says once, at the start of the process, where the user's store lies; `dataset:` references are of that one. */
export function setStorePlace(file: string): void {
  place = file
}

export function storePlace(): string {
  return assertExists(place, 'the place of the store')
}
