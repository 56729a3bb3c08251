import { StandardRPCJsonSerializer } from '@orpc/client/standard'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/shared/base64'
import { customJsonSerializers } from '../../../src/shared/contract/serializers'

describe('base64', () => {
  it('is what Node writes, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(text)).toEqual(bytes)
      }),
    )
  })

  it('holds for more bytes than one call takes arguments', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => (i * 31) & 255)
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
  })

  it.each(['abc', 'ab*=', 'a===', '=abc', 'ab=c', 'é===', 'abc\u{fe00}', '===='])('refuses %s', (text) => {
    expect(() => decodeBase64(text)).toThrow(TypeError)
  })
})

describe('bytes in a message', () => {
  const serializer = new StandardRPCJsonSerializer({ customJsonSerializers })

  it('come back as bytes, wherever they are in it', () => {
    const message = { rasters: [{ width: 1, pixels: new Uint8Array([7, 0, 255]) }], empty: new Uint8Array() }
    const [json, meta] = serializer.serialize(message)
    const sent = JSON.parse(JSON.stringify({ json, meta })) as { json: unknown; meta: typeof meta }
    expect(serializer.deserialize(sent.json, sent.meta)).toEqual(message)
  })

  it('are refused where something else stands for them', () => {
    expect(() => serializer.deserialize({ pixels: [1, 2] }, [[21, 'pixels']])).toThrow(TypeError)
  })
})
