export const modelViews = ['about', 'network', 'why'] as const
export type ModelView = (typeof modelViews)[number]

/** What the Models screen shows: one model in one of its views, and the sample that is looked at. */
export interface ModelsAddress {
  /** Null for the active one. */
  readonly model: string | null
  readonly view: ModelView
  readonly sample: number | null
}

/** What cannot be understood is left out: an address may have been written by hand. */
export function readModelsAddress(text: string): ModelsAddress {
  const parts = new URLSearchParams(text)
  const sample = Number(parts.get('sample'))
  return {
    model: parts.get('model'),
    view: modelViews.find((view) => view === parts.get('view')) ?? 'about',
    sample: Number.isInteger(sample) && sample > 0 ? sample : null,
  }
}

export function writeModelsAddress({ model, view, sample }: ModelsAddress): string {
  const parts = new URLSearchParams()
  if (model !== null) parts.set('model', model)
  if (view !== 'about') parts.set('view', view)
  if (sample !== null) parts.set('sample', String(sample))
  return parts.toString()
}
