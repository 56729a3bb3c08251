import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MeasurementFile } from '../../../src/main/store/measurementFile'
import { chooseProvider, type TriedProvider } from '../../../src/shared/training/providerChoice'
import type { Provider } from '../../../src/shared/training/recipe'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const tried = (provider: Provider, stepMs: number | null, works = true): TriedProvider => ({
  ...{ provider, works, detail: '', elapsedMs: 1 },
  speed: stepMs === null ? null : { stepMs, imagesPerSecond: 1000 / stepMs, readingMs: 1, wholly: true },
})

describe('the choice of a provider', () => {
  it.each<[string, TriedProvider[], ReturnType<typeof chooseProvider>]>([
    [
      'takes the fastest',
      [tried('cpu', 20), tried('webgpu', 5), tried('cuda', 4)],
      { provider: 'cuda', reason: 'fastest' },
    ],
    [
      'takes the CPU where that is the fastest',
      [tried('cpu', 4), tried('webgpu', 5)],
      { provider: 'cpu', reason: 'fastest' },
    ],
    [
      'stays with the CPU where another is hardly faster',
      [tried('cpu', 10), tried('dml', 9.5)],
      { provider: 'cpu', reason: 'close' },
    ],
    [
      'leaves out what does not work',
      [tried('cpu', 20), tried('webgpu', null, false)],
      { provider: 'cpu', reason: 'only' },
    ],
    [
      'leaves out what could not be measured',
      [tried('cpu', 20), tried('webgpu', null)],
      { provider: 'cpu', reason: 'fastest' },
    ],
    [
      'takes another where the CPU could not be measured',
      [tried('cpu', null), tried('dml', 30)],
      { provider: 'dml', reason: 'fastest' },
    ],
    [
      'takes the CPU where there was nothing to measure',
      [tried('cpu', null)],
      { provider: 'cpu', reason: 'only' },
    ],
  ])('%s', (_, providers, choice) => {
    expect(chooseProvider(providers)).toEqual(choice)
  })
})

describe('the measurements', () => {
  it('are found by what they depend on, over a restart, until they are a month old', async () => {
    const file = join(await temporaryFolder(), 'data', 'providers.json')
    const measurements = new MeasurementFile(file, recordingLog())
    expect(await measurements.find('a')).toBeNull()
    await measurements.keep('a', [tried('cpu', 1)])
    await measurements.keep('b', [tried('cpu', 2)])
    await measurements.keep('a', [tried('cpu', 3)])
    const again = new MeasurementFile(file, recordingLog())
    expect(await again.find('a')).toEqual([tried('cpu', 3)])
    expect(await again.find('b')).toEqual([tried('cpu', 2)])
    expect(await again.find('c')).toBeNull()
    const old = (await readFile(file, 'utf8')).replaceAll(/"measured": "\d{4}/g, '"measured": "2001')
    await writeFile(file, old)
    expect(await again.find('a')).toBeNull()
  })

  it('are made again where the file is broken, which is logged', async () => {
    const file = join(await temporaryFolder(), 'providers.json')
    await writeFile(file, '{"format": 1, ')
    const log = recordingLog()
    const measurements = new MeasurementFile(file, log)
    expect(await measurements.find('a')).toBeNull()
    expect(log.lines.map(({ level }) => level)).toEqual(['warn'])
    await measurements.keep('a', [tried('cpu', 1)])
    expect(await measurements.find('a')).toEqual([tried('cpu', 1)])
  })
})
