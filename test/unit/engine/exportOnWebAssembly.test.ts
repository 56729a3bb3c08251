import { InferenceSession, Tensor, env } from 'onnxruntime-web'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExportedModel } from '../../../src/main/engine/export/exportedModel'
import { compileExport } from '../../../src/main/engine/export/exportGraph'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { checkRasters } from '../../../src/main/engineProcess/handlers/checkRasters'
import type { ModelInput } from '../../../src/shared/model/modelSpec'
import { precisionSchema } from '../../../src/shared/model/modelExport'
import { characterSpecNames, namedSpec } from '../../../src/shared/model/specs'
import { exampleCard } from '../../fixtures/exampleCard'

/** As a web page would load the file: onnxruntime-web on WebAssembly, which is built without much of what the native one has. */
async function readOnWebAssembly(bytes: Uint8Array, rasters: Uint8Array, { width, height }: ModelInput) {
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] })
  try {
    const images = new Tensor('uint8', rasters, [rasters.length / (width * height), height, width])
    const { probabilities, logits } = await session.run({ images })
    return { probabilities: probabilities?.data, logits: logits?.data }
  } finally {
    await session.release()
  }
}

describe('an exported file in onnxruntime-web', () => {
  // Threads would need what only a page has.
  beforeAll(() => void (env.wasm.numThreads = 1))

  for (const name of characterSpecNames) {
    it(`of ${name} reads the bytes of rasters as it does here, in every precision`, async () => {
      const spec = namedSpec(name, ['0', '1', '2'])
      const parameters = initializeParameters(describeParameters(spec), 1)
      const rasters = checkRasters(spec.input, 3)
      for (const precision of precisionSchema.options) {
        const bytes = compileExport({ ...exampleCard(name), spec }, parameters, precision, '1')
        const model = await ExportedModel.load(bytes, spec.input)
        const here = await model.read(rasters)
        await model.release()
        const there = await readOnWebAssembly(bytes, rasters, spec.input)
        for (const output of ['probabilities', 'logits'] as const) {
          expect(there[output], precision).toHaveLength(here[output].length)
          here[output].forEach((value, i) => expect(there[output]?.[i], precision).toBeCloseTo(value, 4))
        }
      }
    })
  }
})
