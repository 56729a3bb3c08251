import onnxProto, { type onnx } from 'onnx-proto'
import type { z } from 'zod'
import { sizeOf, type Shape } from '../graph/shape'
import { describeParameters } from '../network/describeNetwork'
import type { ParameterInfo } from '../network/parameter'
import { checkNetwork, decodeNetwork } from '../onnx/untrustedGraph'
import { exportFormat, exportMetadataSchema } from './exportMetadata'

const { DataType } = onnxProto.onnx.TensorProto

/** Numbers in a constant that is no parameter: many times what our largest networks have. */
const largestConstant = 65_536

/** An exported file, taken apart, each part checked; not yet that its graph is that of its spec. */
export interface ExportContent {
  readonly metadata: z.infer<typeof exportMetadataSchema>
  readonly infos: readonly ParameterInfo[]
  readonly parameters: Map<string, Float32Array>
}

/**
 * Reads the bytes of a float32 export. Nothing that the file says is believed: sizes are compared with those that the
 * spec asks for before anything of that size is made.
 * @throws Error that says why it is no file to train on
 */
export function readExport(bytes: Uint8Array): ExportContent {
  const model = decodeNetwork(bytes)
  const texts = readTexts(model)
  if (texts.format === undefined) throw new Error('it was not exported by Longhand')
  if (texts.format !== exportFormat) {
    throw new Error(`it is of format ${texts.format}, and this Longhand reads format ${exportFormat}`)
  }
  const parsed = exportMetadataSchema.safeParse(texts)
  if (!parsed.success) throw new Error(`its metadata is broken: ${firstIssue(parsed.error)}`)
  const metadata = parsed.data
  if (metadata.precision !== 'float32') {
    throw new Error(
      `its weights were rounded to ${metadata.precision}, which cannot be trained on; export the model as float32`,
    )
  }
  checkNetwork(model)
  const infos = describeParameters(metadata.spec)
  const parameters = readParameters(infos, model.graph?.initializer ?? [])
  return { metadata, infos, parameters }
}

function readTexts({ metadataProps }: onnx.IModelProto): Partial<Record<string, string>> {
  return Object.fromEntries((metadataProps ?? []).map(({ key, value }) => [key ?? '', value ?? '']))
}

function readParameters(
  infos: readonly ParameterInfo[],
  tensors: readonly onnx.ITensorProto[],
): Map<string, Float32Array> {
  const byName = new Map(tensors.map((tensor) => [tensor.name ?? '', tensor]))
  if (byName.size !== tensors.length) throw new Error('two of its tensors have the same name')
  const parameters = new Map(
    infos.map(({ name, shape }) => {
      const tensor = byName.get(name)
      if (!tensor) throw new Error(`its spec has the parameter ${name}, which the file lacks`)
      byName.delete(name)
      return [name, readFloats(name, tensor, shape)]
    }),
  )
  for (const [name, tensor] of byName) checkConstant(name, tensor)
  return parameters
}

/** @param shape that the spec asks for; the file's own must be the same */
function readFloats(name: string, tensor: onnx.ITensorProto, shape: Shape): Float32Array {
  const dims = dimsOf(tensor)
  if (tensor.dataType !== DataType.FLOAT || dims.join() !== shape.join()) {
    throw new Error(
      `its parameter ${name} is [${dims.join(', ')}], and its spec asks for [${shape.join(', ')}]`,
    )
  }
  const raw = tensor.rawData ?? new Uint8Array()
  if (raw.length !== 4 * sizeOf(shape)) throw new Error(`the values of its parameter ${name} are cut`)
  const values = new Float32Array(sizeOf(shape))
  new Uint8Array(values.buffer).set(raw)
  if (!values.every(Number.isFinite)) throw new Error(`its parameter ${name} has values that are no numbers`)
  return values
}

/** What is no parameter is a number or a short list, such as a shape. */
function checkConstant(name: string, tensor: onnx.ITensorProto): void {
  const raw = tensor.rawData ?? new Uint8Array()
  const count = sizeOf(dimsOf(tensor))
  if (count > largestConstant || raw.length > 8 * largestConstant) {
    throw new Error(`it has the tensor ${name} of ${count} numbers, which its spec does not`)
  }
}

function dimsOf({ dims }: onnx.ITensorProto): number[] {
  return (dims ?? []).map(Number)
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.join('.')}: ${issue.message}` : ''
}
