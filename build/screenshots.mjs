// `node build/screenshots.mjs`: takes the README's pictures of the app itself, served as `longhand serve` does.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { fail } from './fail.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureChromium } from './prepare/ensureChromium.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { repositoryRoot } from './repository.mjs'

const imageFolder = join(repositoryRoot, 'docs', 'images')

/** A 3 as a hand writes it, in a unit square: two bows along ellipses that lean a little. */
const three = [
  ...bow({ x: 0.5, y: 0.37, width: 0.13, height: 0.14, from: -165, to: 85 }),
  ...bow({ x: 0.5, y: 0.64, width: 0.16, height: 0.15, from: -85, to: 155 }),
]

/** @param {{ x: number, y: number, width: number, height: number, from: number, to: number }} of degrees, clockwise */
function bow({ x, y, width, height, from, to }) {
  const steps = 40
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180
    const down = height * Math.sin(angle)
    return { x: x + width * Math.cos(angle) - 0.12 * down, y: y + down }
  })
}

/** @param {import('playwright-core').Page} page */
async function draw(page) {
  const pad = await page.getByTestId('pad').boundingBox()
  if (!pad) throw new Error('the pad is not there')
  const left = pad.x + (pad.width - pad.height) / 2
  for (const [i, point] of three.entries()) {
    await page.mouse.move(left + point.x * pad.height, pad.y + point.y * pad.height)
    if (i === 0) await page.mouse.down()
  }
  await page.mouse.up()
  await page.getByTestId('verdict').waitFor()
  // The bars glide to their lengths.
  await page.waitForTimeout(600)
}

async function takePictures() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'longhand-pictures-'))
  const program = join(repositoryRoot, 'out', 'main', 'longhand.js')
  const server = spawn(process.execPath, [program, 'serve', '--no-open'], {
    env: { ...process.env, LONGHAND_DATA_FOLDER: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const executablePath = await ensureChromium()
  if (executablePath === null) throw new Error('no Chromium was found; name one in LONGHAND_CHROMIUM')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const [url] = await once(createInterface({ input: server.stdout }), 'line')
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 })
    const page = await context.newPage()
    await page.goto(String(url))
    for (const theme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme: theme })
      await draw(page)
      await page.screenshot({ path: join(imageFolder, `write-${theme}.png`) })
      await page.keyboard.press('Escape')
    }
  } finally {
    await browser.close()
    const ended = once(server, 'exit')
    server.kill('SIGINT')
    await ended
    await rm(dataFolder, { recursive: true, force: true })
  }
}

try {
  await ensureInstalled()
  await ensureBuilt()
  await mkdir(imageFolder, { recursive: true })
  await takePictures()
} catch (error) {
  fail(error)
}
