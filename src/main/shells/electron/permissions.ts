import type { Session } from 'electron'
import type { Logger } from '../../../shared/logger'

/** What the page may ask the system for. Whatever is not here is denied; Electron's own default is to approve everything. */
const ALLOWED: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'the Copy button of the Write screen; it writes text and reads nothing',
}

/** Denies the page every right of the system but those of the table. */
export function restrictPermissions(session: Session, log: Logger): void {
  const allowed = (permission: string): boolean => Object.hasOwn(ALLOWED, permission)
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    if (!allowed(permission)) log.warn({ permission }, 'denied a permission')
    answer(allowed(permission))
  })
  // Asked before many a request, and often without one: too frequent for the log.
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission))
  session.setDevicePermissionHandler(() => false)
}
