import { z } from 'zod'

const key = 'longhand.samples.places'
/** Older ones are forgotten. */
const keptPlaces = 50
const placesSchema = z.array(z.tuple([z.string(), z.int()]))

/** The sample at which the user left off with a query, so that a review goes on there; null where there is none. */
export function recallPlace(query: string): number | null {
  return readPlaces().find(([known]) => known === query)?.[1] ?? null
}

export function rememberPlace(query: string, id: number): void {
  const others = readPlaces().filter(([known]) => known !== query)
  window.localStorage.setItem(key, JSON.stringify([[query, id], ...others].slice(0, keptPlaces)))
}

function readPlaces(): z.infer<typeof placesSchema> {
  try {
    return placesSchema.parse(JSON.parse(window.localStorage.getItem(key) ?? '[]'))
  } catch {
    // It is a convenience: what cannot be read is as good as nothing.
    return []
  }
}
