import { test } from 'vitest'

/** A test in a real Chromium, which the global set-up found; without one it is skipped, and says so. */
export const inChromium = test.extend<{ chromium: string }>({
  chromium: async ({ skip }, use) => {
    const path = process.env.LONGHAND_CHROMIUM
    if (!path) return skip('no Chromium was found; name one in LONGHAND_CHROMIUM')
    await use(path)
  },
})
