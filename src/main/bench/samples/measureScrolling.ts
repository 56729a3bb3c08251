import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { startProgram } from '../soak/serveProgram'

export interface ScrollingReport {
  readonly samples: number
  readonly frames: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly longestMs: number
  /** What the page's own thread computed for a frame, in processor time: other work on the machine does not count. */
  readonly computedMs: number
  /** What the page's scripts hold, and what its whole process does, where the system tells; after the scrolling. */
  readonly heapMegabytes: number
  readonly residentMegabytes: number | null
}

const scrolledMs = 10_000
/** Some rows a step, as by a quick hand; now and then far away, as by the scroll bar. */
const wheelPx = 240
const stepsPerJump = 120

/** Scrolls through the grid of a store in a real Chromium without a graphics card, and counts the time of every frame. */
export async function measureScrolling(
  programFolder: string,
  dataFolder: string,
  samples: number,
  executablePath: string,
): Promise<ScrollingReport> {
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ introduced: true }))
  const program = await startProgram(programFolder, dataFolder)
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(program.url.href)
    await page
      .getByRole('link', { name: 'Samples' })
      .or(page.getByRole('button', { name: 'Samples' }))
      .first()
      .click()
    await page
      .getByTestId('place')
      .filter({ hasText: samples.toLocaleString('en') })
      .waitFor()
    const metrics = await openMetrics(page)
    const before = await metrics()
    const frames = await framesWhileScrolling(page)
    const after = await metrics()
    frames.sort((first, second) => first - second)
    const at = (share: number): number => frames[Math.floor(share * (frames.length - 1))] ?? 0
    const session = await browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const renderers = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => residentMegabytes(id))
    const resident = (await Promise.all(renderers)).filter((megabytes) => megabytes !== null)
    return {
      ...{ samples, frames: frames.length, p50Ms: at(0.5), p95Ms: at(0.95), longestMs: at(1) },
      computedMs: (after.computedMs - before.computedMs) / Math.max(1, frames.length),
      heapMegabytes: after.heapMegabytes,
      residentMegabytes: resident.length === 0 ? null : Math.max(...resident),
    }
  } finally {
    await browser.close()
    await program.end()
  }
}

/** As text, since this side of the wire knows no types of a page. */
const countFrames = `new Promise((resolve) => {
  const times = []
  const began = performance.now()
  let before = began
  const count = (now) => {
    times.push(now - before)
    before = now
    if (now - began < ${scrolledMs}) requestAnimationFrame(count)
    else resolve(times.slice(1))
  }
  requestAnimationFrame(count)
})`

/** In milliseconds, each from one frame to the next. */
async function framesWhileScrolling(page: Page): Promise<number[]> {
  const grid = page.getByRole('grid')
  const box = await grid.boundingBox()
  if (!box) throw new Error('the grid is not shown')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const counted = page.evaluate<number[]>(countFrames)
  const state = { isDone: false }
  const finished = counted.finally(() => (state.isDone = true))
  for (let step = 1; !state.isDone; step++) {
    await page.mouse.wheel(0, wheelPx)
    if (step % stepsPerJump === 0) {
      const share = (step / stepsPerJump / 7) % 1
      await page.evaluate(`(() => { const grid = document.querySelector('[role=grid]')
        grid.scrollTop = grid.scrollHeight * ${share} })()`)
    }
  }
  return finished
}

/** What the page has computed since this began, and what it holds. */
async function openMetrics(
  page: Page,
): Promise<() => Promise<{ computedMs: number; heapMegabytes: number }>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const value = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? 0
    return { computedMs: value('TaskDuration') * 1000, heapMegabytes: value('JSHeapTotalSize') / 2 ** 20 }
  }
}

/** Null where the system does not tell it in /proc. */
async function residentMegabytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) / 1024
}
