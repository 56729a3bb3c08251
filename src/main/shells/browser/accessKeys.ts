import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may connect. A token comes from a link and works once; a session is a tab's own secret, bound to it by a token. */
export interface AccessKeys {
  /** A fresh token, 32 random bytes in base64url. */
  issueToken(): string
  /** Lets a known session in; else a token that is still unused, which it spends and binds to the session. */
  admit(claim: { token: string | null; session: string | null }): boolean
}

/** 32 bytes in base64url. */
const SECRET = /^[\w-]{43}$/

export function createAccessKeys(): AccessKeys {
  // Only digests are kept: they have one length, which timingSafeEqual needs, and tell nothing if they leak.
  const tokens = new Set<Buffer>()
  const sessions = new Set<Buffer>()
  return {
    issueToken() {
      const token = randomBytes(32).toString('base64url')
      tokens.add(digest(token))
      return token
    },
    admit({ token, session }) {
      if (session === null || !SECRET.test(session)) return false
      if (find(sessions, session)) return true
      const spent = token !== null && SECRET.test(token) ? find(tokens, token) : undefined
      if (!spent) return false
      tokens.delete(spent)
      sessions.add(digest(session))
      return true
    },
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Looks at every entry, so that the time it takes tells nothing. */
function find(digests: ReadonlySet<Buffer>, secret: string): Buffer | undefined {
  const wanted = digest(secret)
  let found: Buffer | undefined
  for (const entry of digests) if (timingSafeEqual(entry, wanted)) found = entry
  return found
}
