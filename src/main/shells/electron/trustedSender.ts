import type { WebFrameMain } from 'electron'
import { APP_ORIGIN } from './appProtocol'

/**
 * Why a frame is not to be answered, or null: only our own page, as the top frame of its window, may speak to the main
 * process. `frame` is null where it is gone already, or navigated away after it sent its message.
 */
export function senderFault(frame: WebFrameMain | null): string | null {
  if (frame === null) return 'the frame is gone'
  if (!frame.url.startsWith(`${APP_ORIGIN}/`)) return 'the frame is not ours'
  return frame.parent === null ? null : 'the frame is not the top one'
}
