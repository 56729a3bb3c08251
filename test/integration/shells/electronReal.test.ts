import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { repositoryFolder } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/** Electron's program, or why the desktop app cannot run here. */
function findElectron(): { program: string } | { obstacle: string } {
  const packageFolder = join(repositoryFolder, 'node_modules', 'electron')
  const notedIn = join(packageFolder, 'path.txt')
  const program = existsSync(notedIn) ? join(packageFolder, 'dist', readFileSync(notedIn, 'utf8')) : ''
  if (!existsSync(program) || program === '') return { obstacle: "Electron's binary is not installed" }
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { obstacle: 'there is no display' }
    if (process.getuid?.() === 0) return { obstacle: "Electron's sandbox refuses to run as root" }
  }
  return { program }
}

const electron = findElectron()
const obstacle = 'obstacle' in electron ? electron.obstacle : null
if (obstacle !== null)
  process.stderr.write(`SKIPPED: the desktop app on the real Electron, because ${obstacle}.\n`)

describe.skipIf(obstacle !== null)('the desktop app on the real Electron', () => {
  it('opens a sandboxed window whose page speaks to the services', async () => {
    const dataFolder = await temporaryFolder()
    const app = await _electron.launch({
      executablePath: 'program' in electron ? electron.program : '',
      args: [repositoryFolder],
      env: { ...(process.env as Record<string, string>), LONGHAND_DATA_FOLDER: dataFolder },
    })
    onTestFinished(() => app.close())
    const page = await app.firstWindow()
    expect(page.url()).toBe('app://longhand/')
    // The page shows its frame only once it has the settings, which come from the services.
    await page.locator('nav').waitFor()
    expect(await page.evaluate(() => [typeof require, typeof process, window.origin])).toEqual([
      'undefined',
      'undefined',
      'app://longhand',
    ])
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
    expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull()
    await page.evaluate(() => (window.location.href = 'https://example.com/'))
    expect(page.url()).toBe('app://longhand/')
    const violation = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
          const script = document.createElement('script')
          script.textContent = 'window.hacked = true'
          document.head.append(script)
        }),
    )
    expect(violation).toBe('script-src-elem')
  })
})
