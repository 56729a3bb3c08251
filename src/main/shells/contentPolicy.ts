/**
 * The Content-Security-Policy of every page, in both shells: nothing but our own files, no inline script or style, no eval.
 * @param connections origins beside the page's own that it may open a connection to, such as `ws://127.0.0.1:4000`
 */
function contentPolicy(connections: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // blob: is a picture that the page drew, or that the user handed it.
    "img-src 'self' blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connections].join(' '),
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The headers that every answer of both shells carries, refusals included. */
export function securityHeaders(connections: readonly string[] = []): Record<string, string> {
  return {
    'content-security-policy': contentPolicy(connections),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), ' +
      'payment=(), midi=(), clipboard-read=(), clipboard-write=(self)',
  }
}
