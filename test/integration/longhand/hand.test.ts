import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EnrolledHand, HandComparison } from '../../../src/shared/hand/hand'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { Random } from '../../../src/shared/random'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/hand')

/** How a made-up hand writes: joined loops, as wide, slanted and pointed as it likes them. */
interface Style {
  slant: number
  width: number
  pointed: boolean
  /** Height of the tall loops, in small letters. */
  tall: number
}
const hands: Readonly<Record<string, Style>> = {
  Ann: { slant: 0.7, width: 0.7, pointed: false, tall: 2.6 },
  Bob: { slant: -0.25, width: 1.7, pointed: true, tall: 1.4 },
}

/** A word of joined strokes, some tall, in one line of the pen; another one for each seed. */
function write({ slant, width, pointed, tall }: Style, seed: number): number[][][] {
  const random = new Random(seed)
  const points: number[][] = []
  let left = 0
  for (let letter = 0; letter < 6; letter++) {
    const height = random.chance(0.3) ? tall : 1
    const wide = width * random.uniform(0.85, 1.15)
    for (let step = 0; step < 12; step++) {
      const turn = step / 12
      const up = pointed ? 1 - Math.abs(2 * turn - 1) : (1 - Math.cos(2 * Math.PI * turn)) / 2
      const loop = pointed ? 0 : 0.3 * Math.sin(2 * Math.PI * turn)
      const y = height * up * random.uniform(0.97, 1.03)
      points.push([40 * (left + wide * turn + loop + slant * y), -40 * y])
    }
    left += wide
  }
  return [points]
}

const lines = (style: Style, seeds: readonly number[]): string =>
  seeds.map((seed) => JSON.stringify({ label: 'word', strokes: write(style, seed) })).join('\n')

describe('the hand model that ships', () => {
  it('knows two made-up hands again by other words, and forgets whom it is told to', async () => {
    const folder = await temporaryFolder()
    const dataFolder = await temporaryFolder()
    const run = (...args: string[]) => runBuiltLonghand(['hand', ...args, '--json'], folder, dataFolder)
    for (const [name, style] of Object.entries(hands)) {
      await writeFile(join(folder, `${name}.jsonl`), lines(style, [1, 2, 3, 4, 5, 6]))
      await writeFile(join(folder, `${name}-later.jsonl`), lines(style, [11, 12, 13]))
      const enrolled = await run('enrol', name, '--data', `ink:${name}.jsonl`)
      expect(JSON.parse(enrolled.stdout)).toMatchObject({ name, samples: 6, model: 'hand', current: true })
    }
    for (const name of Object.keys(hands)) {
      const { stdout } = await run('identify', '--data', `ink:${name}-later.jsonl`)
      const { questioned, matches } = JSON.parse(stdout) as HandComparison
      expect(questioned).toBe(3)
      expect(matches.map((match) => match.name)[0]).toBe(name)
      expect(matches[0]?.likelihoodRatio).toBeGreaterThan(1)
      expect(matches[1]?.likelihoodRatio).toBeLessThan(1)
    }
    const { stdout } = await run('verify', 'Ann', '--data', 'ink:Bob-later.jsonl')
    expect((JSON.parse(stdout) as HandComparison).matches[0]?.likelihoodRatio).toBeLessThan(1)

    await run('rename', 'Ann', 'Anna')
    expect((await run('rename', 'Bob', 'Anna')).exitCode).not.toBe(0)
    await run('remove', 'Anna')
    const left = JSON.parse((await run('list')).stdout) as EnrolledHand[]
    expect(left.map(({ name }) => name)).toEqual(['Bob'])
    const unknown = await run('verify', 'Ann', '--data', 'ink:Bob.jsonl')
    expect(unknown.exitCode).not.toBe(0)
    expect(unknown.stdout + unknown.stderr).toContain('Ann')
    await run('remove', '--all')
    expect(await readFile(join(dataFolder, 'hands.json'), 'utf8')).not.toContain('Bob')
  })

  it('is not offered as one that reads', async () => {
    const { stdout } = await runBuiltLonghand(['models', 'list', '--json'])
    const names = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)
    expect(names).toContain('digits')
    expect(names).not.toContain('hand')
    const activated = await runBuiltLonghand(['models', 'activate', 'hand'])
    expect(activated.exitCode).not.toBe(0)
    expect(activated.stderr).toContain('reads no characters')
  })

  it('says in its card what it was made of and how it errs about writers never seen, and takes at most 6 MB', async () => {
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    expect(card.spec.purpose).toBe('hand')
    expect(card.licence).toContain('CC BY 4.0')
    expect(card.handOdds?.writers).toBeGreaterThan(10)
    expect(card.handErrors).not.toEqual([])
    expect((await stat(join(modelFolder, 'model.onnx'))).size).toBeLessThan(6 * 1024 * 1024)
  })
})
