import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { evaluationSchema } from '../../../src/shared/recognition/evaluation'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/digits')

describe('the digits model that ships', () => {
  it('reads at least 99.65% of the 10,000 test images, as its card says', async () => {
    const { exitCode, stdout, stderr } = await runBuiltLonghand([
      'eval',
      '--model',
      'digits',
      '--data',
      'mnist:test',
      '--json',
    ])
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    const evaluation = evaluationSchema.omit({ rejected: true }).parse(JSON.parse(stdout))
    expect(evaluation.count).toBe(10_000)
    expect(evaluation.accuracy).toBeGreaterThanOrEqual(0.9965)
    expect(evaluation.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(10_000)
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    const claimed = card.measured.find(({ data }) => data === 'mnist:test')
    // Other processors add up in another order: one or two images in 10,000 may tip over.
    expect(Math.abs((claimed?.accuracy ?? 0) - evaluation.accuracy)).toBeLessThanOrEqual(0.0003)
    expect(card.command).toContain('train')
  })

  it('takes at most 2 MB', async () => {
    const sizes = await Promise.all(
      ['model.onnx', 'weights.safetensors', 'card.json'].map((file) => stat(join(modelFolder, file))),
    )
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2 * 1024 * 1024)
  })

  it('reads pictures of any format, size and polarity', async () => {
    const folder = await temporaryFolder()
    const [seven, two, one] = await mnistTestSamples(3)
    if (!seven || !two || !one) throw new Error('MNIST is missing')
    const grey = (raster: typeof seven) =>
      sharp(raster.pixels, { raw: { width: raster.width, height: raster.height, channels: 1 } })
    const files = ['seven.png', 'two.jpg', 'one.webp', 'seven.tiff'].map((name) => join(folder, name))
    const [png = '', jpeg = '', webp = '', tiff = ''] = files
    await grey(seven).png().toFile(png)
    // Negated by hand: sharp would negate the added margin with the rest.
    await grey({ ...two, pixels: two.pixels.map((value) => 255 - value) })
      .resize(400, 400)
      .extend({ left: 300, right: 50, top: 20, bottom: 200, background: 'white' })
      .jpeg()
      .toFile(jpeg)
    await grey(one).resize(90, 90).webp().toFile(webp)
    await grey(seven).negate().resize(1500, 1500).tiff().toFile(tiff)
    const { exitCode, stdout, stderr } = await runBuiltLonghand([
      'recognize',
      ...files,
      '--model',
      'digits',
      '--json',
    ])
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    const answers = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(answers).toHaveLength(4)
    const bests = ['7', '2', '1', '7']
    answers.forEach((answer, i) => {
      expect(answer).toMatchObject({ verdict: 'sure' })
      const { candidates } = answer as { candidates: { label: string; probability: number }[] }
      expect(candidates).toHaveLength(5)
      expect(candidates[0]?.label).toBe(bests[i])
    })
  })
})
