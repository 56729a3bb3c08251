const SESSION_KEY = 'longhand.session'

/**
 * The subprotocols with which this tab asks to be let in, or null where it has nothing to show. The token of the link's
 * fragment works once: the server then knows the session, a secret that this tab made up itself and keeps for as long as
 * it is open, so that it can be reloaded.
 */
export function readAccessClaim(): string[] | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  let session = window.sessionStorage.getItem(SESSION_KEY)
  if (session === null) {
    if (token === null) return null
    session = createSecret()
    window.sessionStorage.setItem(SESSION_KEY, session)
  }
  const claim = ['longhand.v1', `longhand.session.${session}`]
  return token === null ? claim : [...claim, `longhand.token.${token}`]
}

/** Takes the token out of the address once it is spent. Not before: a connection that failed may be tried again by it. */
export function forgetToken(): void {
  // What else the fragment may say is the address of a screen, which stays.
  if (!new URLSearchParams(window.location.hash.slice(1)).has('token')) return
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
}

/** 32 random bytes in base64url. */
function createSecret(): string {
  const bytes = window.crypto.getRandomValues(new Uint8Array(32))
  const base64 = window.btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
