// `npm run screenshots`: takes the pictures of docs/images from the app itself, served as `longhand serve` does: every screen
// in both languages and both themes. `-- --only NAME,NAME` takes some again, `-- --language en` those of one language.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { fail } from './fail.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureChromium } from './prepare/ensureChromium.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { repositoryRoot } from './repository.mjs'
import { scenes } from './screenshots/scenes.mjs'

const imageFolder = join(repositoryRoot, 'docs', 'images')
const languages = ['en', 'zh-CN']
const themes = /** @type {const} */ (['light', 'dark'])
/** Bars glide to their lengths, and pictures of samples come one after another. */
const SETTLE_MS = 700

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} language
 * @param {readonly string[] | null} only
 */
async function takePicturesIn(browser, language, only) {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-pictures-'))
  const program = join(repositoryRoot, 'out', 'main', 'longhand.js')
  // In the standard place of a home that is made up, so that no path of this machine is in a picture.
  const server = spawn(process.execPath, [program, 'serve', '--no-open'], {
    env: { ...process.env, XDG_DATA_HOME: folder, LONGHAND_DATA_FOLDER: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [url] = await once(createInterface({ input: server.stdout }), 'line')
    const context = await browser.newContext({
      ...{ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 },
      ...{ locale: language, reducedMotion: /** @type {const} */ ('reduce') },
    })
    const page = await context.newPage()
    await page.goto(String(url))
    for (const { name, open } of scenes) {
      await open(page)
      if (only && !only.includes(name)) continue
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme })
        await page.waitForTimeout(SETTLE_MS)
        const picture = await sharp(await page.screenshot())
          .webp({ quality: 82, effort: 5 })
          .toBuffer()
        await writeFile(join(imageFolder, language, `${name}-${theme}.webp`), picture)
      }
      console.log(`${language} ${name}`)
    }
    await context.close()
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGINT')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, language: { type: 'string' } } })
  await ensureInstalled()
  await ensureBuilt()
  const executablePath = await ensureChromium()
  if (executablePath === null) throw new Error('no Chromium was found; name one in LONGHAND_CHROMIUM')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    for (const language of values.language?.split(',') ?? languages) {
      await mkdir(join(imageFolder, language), { recursive: true })
      await takePicturesIn(browser, language, values.only?.split(',') ?? null)
    }
  } finally {
    await browser.close()
  }
} catch (error) {
  fail(error)
}
