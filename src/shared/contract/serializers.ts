import { decodeBase64, encodeBase64 } from '../base64'

/** oRPC's StandardRPCCustomJsonSerializer, for the one type that is ours. */
interface BytesSerializer {
  type: number
  condition(data: unknown): boolean
  serialize(data: Uint8Array): string
  deserialize(serialized: unknown): Uint8Array
}

/** Numbers up to 20 belong to oRPC. */
const BYTES = 21

/**
 * oRPC writes messages as JSON, which knows no bytes: pictures and rasters travel as base64. Give it to every RPCHandler
 * and every RPCLink; one that lacks it refuses the other's pictures as bad input.
 */
export const customJsonSerializers: BytesSerializer[] = [
  {
    type: BYTES,
    condition: (data) => data instanceof Uint8Array,
    serialize: (data) => encodeBase64(data),
    deserialize: (serialized) => {
      if (typeof serialized !== 'string') throw new TypeError('bytes should be a base64 string')
      return decodeBase64(serialized)
    },
  },
]
