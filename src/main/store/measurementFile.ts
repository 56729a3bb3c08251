import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Logger } from '../../shared/logger'
import { triedProviderSchema, type TriedProvider } from '../../shared/training/providerChoice'
import { writeFileAtomically } from './atomicFile'

/** A library that was installed since, or a card that was put in, may show in no key. */
const VALID_MS = 30 * 24 * 3600 * 1000
const KEPT = 50

const fileSchema = z.object({
  format: z.literal(1),
  measurements: z.array(
    z.object({
      /** Hash of all that the figures depend on. */
      key: z.string(),
      measured: z.iso.datetime(),
      tried: z.array(triedProviderSchema),
    }),
  ),
})
type Measurements = z.infer<typeof fileSchema>['measurements']

/** What was measured of the providers, as a JSON file. It can always be measured again, so nothing that fails here is an error. */
export class MeasurementFile {
  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  /** @param key all that the figures depend on, as text of any length */
  async find(key: string): Promise<TriedProvider[] | null> {
    const hash = hashOf(key)
    return (await this.#valid()).find((entry) => entry.key === hash)?.tried ?? null
  }

  async keep(key: string, tried: TriedProvider[]): Promise<void> {
    const hash = hashOf(key)
    const others = (await this.#valid()).filter((entry) => entry.key !== hash)
    const entry = { key: hash, measured: new Date().toISOString(), tried }
    const measurements = [entry, ...others].slice(0, KEPT)
    try {
      await writeFileAtomically(this.file, `${JSON.stringify({ format: 1, measurements }, null, 2)}\n`)
    } catch (error) {
      this.log.warn({ file: this.file, error }, 'the measurements of the providers cannot be kept')
    }
  }

  async #valid(): Promise<Measurements> {
    try {
      const { measurements } = fileSchema.parse(JSON.parse(await readFile(this.file, 'utf8')))
      return measurements.filter(({ measured }) => Date.now() - Date.parse(measured) < VALID_MS)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn({ file: this.file, error }, 'the measurements of the providers cannot be read')
      }
      return []
    }
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32)
}
