import { describe, expect, it } from 'vitest'
import { characterSpecNames, namedSpec } from '../../../src/shared/model/specs'
import type { Comparisons } from '../../fixtures/webgpu/comparison'
import { readPlacements } from '../../fixtures/webgpu/readPlacements'
import { runOnDevice } from '../../fixtures/webgpu/runOnDevice'
import { softwareDevice } from '../../fixtures/webgpu/softwareDevice'

/** Only to end one that hangs: a minute on two cores, and more where they have other work. */
const LIMIT_MS = 10 * 60_000

const onSoftwareDevice = it.extend<{ device: Readonly<Record<string, string>> }>({
  device: async ({ skip }, use) => {
    const device = softwareDevice()
    if (!device) return skip('no software Vulkan device was found; a Chromium on Linux brings one')
    await use(device)
  },
})

describe('WebGPU', () => {
  onSoftwareDevice(
    'trains every named network with the losses and the weights of the CPU',
    { timeout: LIMIT_MS },
    async ({ device }) => {
      const { output } = await runOnDevice('compareWithCpu', device)
      const { trainings, convolutions } = JSON.parse(output) as Comparisons
      expect(trainings.map(({ training }) => training)).toEqual(
        characterSpecNames.flatMap((name, at) => [
          ...(at === 0 ? [`${name} with sgd`] : []),
          `${name} with adamw`,
        ]),
      )
      for (const { training, losses, change, difference: apart } of trainings) {
        for (const [step, [cpu, webgpu]] of losses.entries()) {
          const difference = Math.abs(webgpu - cpu) / Math.abs(cpu)
          expect(difference, `${training}: ${cpu} became ${webgpu} in step ${step}`).toBeLessThan(1e-3)
        }
        expect(change, training).toBeGreaterThan(0)
        expect(apart / change, `${training}: share of the weights' change`).toBeLessThan(0.01)
      }
      for (const { convolution, error } of convolutions) {
        expect(error, convolution).toBeLessThan(1e-4)
      }
    },
  )

  onSoftwareDevice(
    'computes every node of a training step, of an evaluation and of an export, and what it leaves to the CPU is seen',
    { timeout: LIMIT_MS },
    async ({ device }) => {
      const { output, log } = await runOnDevice('logPlacements', device)
      const placements = readPlacements(log)
      const [odd, ...networks] = placements
      expect(odd?.counts).toMatchObject({ CPUExecutionProvider: 1 })
      expect(odd?.elsewhere).toContain('LogSoftmax (odd)')
      expect(networks.map(({ name }) => name)).toEqual(
        characterSpecNames.flatMap((name) =>
          [
            ...['with sgd', 'with adam', 'with adamw', 'in evaluation'],
            ...['exported as float32', 'exported as float16', 'exported as int8'],
          ].map((part) => `${name} ${part}`),
        ),
      )
      for (const { name, counts, elsewhere } of networks) {
        expect(elsewhere, name).toEqual([])
        expect(Object.keys(counts), name).toEqual(['WebGpuExecutionProvider'])
        // A layer is a node, or one with the next: a log that was misread would tell of none.
        const [spec = ''] = name.split(' ')
        const layers = namedSpec(spec, ['0', '1']).layers.length
        expect(counts.WebGpuExecutionProvider, name).toBeGreaterThan(layers / 2)
      }
      const told = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { name: string; wholly: boolean })
      expect(told.filter(({ wholly }) => !wholly).map(({ name }) => name)).toEqual(['LogSoftmax'])
      expect(told).toHaveLength(placements.length)
    },
  )
})
