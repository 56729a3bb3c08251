const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const characterCodes = Uint8Array.from(alphabet, (character) => character.charCodeAt(0))
const sextets = new Int8Array(128).fill(-1)
characterCodes.forEach((code, sextet) => (sextets[code] = sextet))
const PADDING = '='.charCodeAt(0)
/** As many arguments as every JavaScript engine takes in one call; a multiple of 4. */
const CHUNK = 8192

/** Standard base64 (RFC 4648 section 4), padded. Here because `shared` may use neither Node's Buffer nor the DOM's btoa. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const left = bytes.length - from
    const triple = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    codes[to] = characterCodes[triple >> 18] ?? 0
    codes[to + 1] = characterCodes[(triple >> 12) & 63] ?? 0
    codes[to + 2] = left > 1 ? (characterCodes[(triple >> 6) & 63] ?? 0) : PADDING
    codes[to + 3] = left > 2 ? (characterCodes[triple & 63] ?? 0) : PADDING
  }
  let text = ''
  for (let start = 0; start < codes.length; start += CHUNK) {
    text += String.fromCharCode(...codes.subarray(start, start + CHUNK))
  }
  return text
}

/** The inverse of encodeBase64; throws a TypeError on anything that it would not have written. */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new TypeError('base64 comes in groups of four characters')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const digits = text.length - padding
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  for (let from = 0, to = 0; from < digits; from += 4, to += 3) {
    let group = 0
    for (let i = from; i < from + 4; i++) {
      const sextet = i < digits ? (sextets[text.charCodeAt(i)] ?? -1) : 0
      if (sextet < 0) throw new TypeError(`${JSON.stringify(text[i])} is not a base64 digit`)
      group = (group << 6) | sextet
    }
    bytes[to] = group >> 16
    // A typed array ignores what is written past its end: the bytes that the padding stands for.
    bytes[to + 1] = group >> 8
    bytes[to + 2] = group
  }
  return bytes
}
