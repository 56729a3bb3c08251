import type { BrowserWindow } from 'electron'
import type { Client } from '../../../shared/contract/client'
import type { Ink } from '../../../shared/ink/ink'

/** A 7 in one stroke. */
const seven: Ink = [
  [
    [0, 0],
    [20, 0],
    [40, 0],
    [33, 20],
    [26, 40],
    [18, 62],
  ],
]

/** What `--check` prints: whether this very installation draws its window and reads. */
interface SelfCheck {
  page: string
  label: string | null
  verdict: string
  model: string
}

/** Waits for the page, then reads a digit, as a packaged app is made to do before it counts as built. */
export async function selfCheck(window: BrowserWindow, client: Client): Promise<SelfCheck> {
  if (window.webContents.isLoading()) {
    await new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()))
  }
  const { candidates, verdict, model } = await client.recognition.ink({
    ink: seven.map((stroke) => [...stroke]),
  })
  return { page: window.webContents.getTitle(), label: candidates[0]?.label ?? null, verdict, model }
}
