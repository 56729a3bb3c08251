import { ensureBuilt } from '../prepare/ensureBuilt.mjs'
import { findChromium } from '../prepare/findChromium.mjs'

/**
 * Vitest's global setup of the tests that run the built program: they get a fresh build and, in LONGHAND_CHROMIUM, a
 * browser where there is one, also where Vitest is started by hand.
 */
export async function setup() {
  await ensureBuilt()
  const chromium = await findChromium()
  if (chromium !== null) process.env.LONGHAND_CHROMIUM = chromium
}
