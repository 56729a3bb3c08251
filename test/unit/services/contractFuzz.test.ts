import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRouterClient, ORPCError } from '@orpc/server'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createServices } from '../../../src/main/services/createServices'
import { frameFault } from '../../../src/main/shells/rpcFrame'
import { contract } from '../../../src/shared/contract/contract'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/** A standard schema (https://standardschema.dev), as oRPC keeps one for each method's input. */
interface InputSchema {
  '~standard': { validate(value: unknown): unknown }
}
interface Method {
  path: readonly string[]
  schema: InputSchema
}

/** Every method of the contract that takes an input; a new one is found by itself. */
function methodsOf(node: object, path: readonly string[] = []): Method[] {
  if ('~orpc' in node) {
    const { inputSchema } = node['~orpc'] as { inputSchema?: InputSchema }
    return inputSchema ? [{ path, schema: inputSchema }] : []
  }
  return Object.entries(node).flatMap(([name, child]) => methodsOf(child as object, [...path, name]))
}

const methods = methodsOf(contract)
/** Together with the frames below about 10,000 cases. */
const casesAMethod = Math.ceil(7000 / methods.length)

/** Words that methods look for, so that not everything fails at the first field. */
const field = fc.constantFrom(
  'ink',
  'model',
  'file',
  'data',
  'spec',
  'id',
  'job',
  'label',
  'raster',
  'name',
  'layers',
)
const wild = fc.oneof(
  fc.anything(),
  fc.dictionary(field, fc.anything({ maxDepth: 3 })),
  fc.dictionary(
    field,
    fc.oneof(fc.string(), fc.constantFrom('../../etc/passwd', '\0', 'a'.repeat(10_000)), fc.double()),
  ),
  fc.record({ ink: fc.array(fc.array(fc.array(fc.double(), { maxLength: 5 }))) }),
  fc.record(
    { __proto__: fc.constant({ polluted: true }), constructor: fc.anything() },
    { noNullPrototype: true },
  ),
)

const isRefused = (schema: InputSchema, value: unknown): boolean => {
  const result = schema['~standard'].validate(value)
  return typeof result === 'object' && result !== null && 'issues' in result
}

describe('input that breaks the contract', () => {
  it.each(methods.map((method) => [method.path.join('.'), method] as const))(
    'is refused as bad input by %s, whatever it is, and changes nothing',
    async (_name, { path, schema }) => {
      const dataFolder = join(await temporaryFolder(), 'data')
      const services = createServices({
        dataFolder,
        resourcesFolder: 'resources',
        spawnEngine: () => {
          throw new Error('the engine was started')
        },
        log: recordingLog(),
        longhandVersion: '0.0.0-test',
        electronVersion: null,
      })
      onTestFinished(() => services.close())
      let call: unknown = createRouterClient(services.router)
      for (const name of path) call = (call as Record<string, unknown>)[name]
      const method = call as (input: unknown) => Promise<unknown>
      await fc.assert(
        fc.asyncProperty(wild, async (input) => {
          fc.pre(isRefused(schema, input))
          const thrown = await method(input).catch((error: unknown) => error)
          expect(thrown).toBeInstanceOf(ORPCError)
          expect((thrown as ORPCError<string, unknown>).data).toMatchObject({ code: 'bad-input' })
        }),
        { numRuns: casesAMethod, maxSkipsPerRun: 1000 },
      )
      expect(await readdir(dataFolder).catch(() => [])).toEqual([])
      expect({}).not.toHaveProperty('polluted')
    },
  )
})

describe('messages of any kind', () => {
  it('are judged without a fault of ours, and only calls pass', () => {
    const message = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({ i: fc.oneof(fc.string(), fc.integer()), t: fc.integer({ max: 8 }), p: fc.anything() })
        .map((frame) => JSON.stringify(frame)),
    )
    fc.assert(
      fc.property(message, (value) => {
        const fault = frameFault(value)
        if (fault === null)
          expect(JSON.parse(String(value))).toMatchObject({ i: expect.any(String) as string })
        else expect(fault).not.toBe('')
      }),
      { numRuns: 3000 },
    )
  })
})
