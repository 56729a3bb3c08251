import { z } from 'zod'
import type { SavedView } from '../../shared/contract/samples'
import { sampleQuerySchema } from '../../shared/samples/sampleQuery'
import type { Store } from './connection'

const rowSchema = z
  .object({ name: z.string(), query: z.string() })
  .transform(({ name, query }): SavedView => ({ name, query: sampleQuerySchema.parse(JSON.parse(query)) }))

/** By name. */
export function listViews(store: Store): SavedView[] {
  return z.array(rowSchema).parse(store.prepare('SELECT name, query FROM saved_views ORDER BY name').all())
}

export function saveView(store: Store, { name, query }: SavedView): void {
  store
    .prepare(
      'INSERT INTO saved_views (name, query) VALUES (?, ?) ON CONFLICT DO UPDATE SET query = excluded.query',
    )
    .run([name, JSON.stringify(query)])
}

export function removeView(store: Store, name: string): void {
  store.prepare('DELETE FROM saved_views WHERE name = ?').run([name])
}
