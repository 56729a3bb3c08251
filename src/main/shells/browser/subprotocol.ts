/** What the server answers to; the secrets that the client offers beside it are never sent back. */
export const SUBPROTOCOL = 'longhand.v1'

/**
 * Reads the secrets out of `Sec-WebSocket-Protocol`: `longhand.v1, longhand.session.S[, longhand.token.T]`. It is the only
 * header of a WebSocket's handshake that a page may fill, and unlike a query string it lands in no log or history.
 */
export function readClaim(header: string | undefined): { token: string | null; session: string | null } {
  const offered = (header ?? '').split(',').map((protocol) => protocol.trim())
  const secret = (prefix: string): string | null =>
    offered.find((protocol) => protocol.startsWith(prefix))?.slice(prefix.length) ?? null
  if (!offered.includes(SUBPROTOCOL)) return { token: null, session: null }
  return { token: secret('longhand.token.'), session: secret('longhand.session.') }
}
