import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { assertExists } from '../../src/shared/assert'
import { inChromium } from './chromium'
import { draw, drawings, varied, type Drawing } from './drawing'
import { openLonghand } from './openLonghand'
import { violations } from './violations'

/** Ten trainings one after the other. */
const LIMIT_MS = 600_000

/** Signs that the model that ships does not know; of one stroke each, since a rest between two may end a sample. */
const signs: Readonly<Record<string, Drawing>> = {
  L: drawings.corner,
  V: drawings.wedge,
  N: drawings.zigzag,
}

/** Draws a sign on the Write screen. What is read there, word for word, once it no longer changes. */
async function readAnew(page: Page, drawing: Drawing): Promise<string> {
  await page.getByRole('link', { name: 'Write' }).click()
  await page.getByTestId('pad').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('answer').getByText('Nothing written yet').waitFor()
  await draw(page, drawing)
  const candidate = page.getByRole('button', { name: /^It was .+ \(/ }).first()
  await candidate.waitFor()
  // An answer to part of a stroke may come first: the last one stays.
  let before = ''
  for (;;) {
    const now = assertExists(await candidate.getAttribute('aria-label'), 'the first candidate')
    if (now === before) return now
    before = now
    await page.waitForTimeout(300)
  }
}

inChromium(
  'three new signs are written, taught, tried, kept, read, and rolled back, free of axe violations',
  async ({ chromium }) => {
    const { page, complaints } = await openLonghand(chromium, { reducedMotion: 'reduce' })
    const untaught = await readAnew(page, drawings.corner)
    expect(untaught).not.toContain('It was L')

    await page.getByRole('link', { name: 'Teach' }).click()
    const door = page.getByRole('button', { name: /^Teach it my style/ })
    await door.waitFor()
    expect(await violations(page)).toEqual([])
    await door.click()
    await page.getByLabel('Characters').fill('L V N')
    await page.getByRole('button', { name: 'Write 15 samples' }).click()
    for (let turn = 0; turn < 15; turn++) {
      await page
        .getByTestId('collected')
        .filter({ hasText: `${turn} / 15` })
        .waitFor()
      const prompt = assertExists(await page.getByTestId('prompt').textContent(), 'what is to be written')
      await draw(page, varied(assertExists(signs[prompt.trim()], prompt), turn))
      await page.keyboard.press('Enter')
    }
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByTestId('coverage').filter({ hasText: '15 samples, 3 of 13 characters' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Advanced' }).click()
    await page.getByTestId('copies').getByRole('img').nth(23).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('radio', { name: /^Average shapes/ }).check()
    await page.getByRole('button', { name: 'Start' }).click()

    // Another screen meanwhile: the teaching goes on, and its result is there on the way back.
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Teach' }).click()
    await page.getByTestId('verdict').filter({ hasText: 'my-digits reads you better' }).waitFor()
    expect(await page.getByTestId('teach.ownSamples').textContent()).toMatch(/^0%.*100%$/)
    await draw(page, drawings.corner)
    await page.getByTestId('teach.after').getByText('L', { exact: true }).first().waitFor()
    expect(await page.getByTestId('teach.before').textContent()).not.toContain('L')
    await page.getByRole('button', { name: 'L read as L: 5' }).click()
    expect(await page.getByTestId('cell-samples').getByRole('img').count()).toBe(5)
    expect(await violations(page)).toEqual([])

    await page.getByRole('button', { name: 'Use it from now on' }).click()
    await page.getByTestId('in-use').waitFor()
    expect(await readAnew(page, drawings.corner)).toContain('It was L')

    await page.getByRole('link', { name: 'Teach' }).click()
    await page.getByRole('button', { name: 'Roll back' }).click()
    await page.getByRole('button', { name: 'Use it from now on' }).waitFor()
    expect(await readAnew(page, drawings.corner)).toBe(untaught)
    expect(complaints).toEqual([])
  },
)

/** Chooses what to train and how long, and starts. */
async function start(page: Page, mode: RegExp, tuning: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('radio', { name: mode }).check()
  await page.getByRole('button', { name: 'Advanced' }).click()
  for (const [name, value] of Object.entries(tuning)) {
    await page.getByLabel(new RegExp(`^${name}`)).fill(value)
  }
  await page.getByRole('button', { name: 'Start' }).click()
}

inChromium(
  'what was put right is taught: paused, left and found again, stopped, gone on with, and resumed after a kill; then everything',
  { timeout: LIMIT_MS },
  async ({ chromium }) => {
    const longhand = await openLonghand(chromium, { reducedMotion: 'reduce' })
    const { page, complaints } = longhand
    // Trainings take as long as the machine leaves them time.
    page.setDefaultTimeout(LIMIT_MS)
    // Readings that were put right, a "1" that is this user's seven.
    for (let turn = 0; turn < 4; turn++) {
      await draw(page, varied(drawings.one, turn))
      await page.getByRole('button', { name: /^It was 1 \(/ }).waitFor()
      await page.getByRole('button', { name: 'It was 7', exact: true }).click()
      await page
        .getByTestId('kept')
        .getByText(`${turn + 1} correction`)
        .waitFor()
    }
    await page.getByRole('link', { name: 'Teach' }).click()
    await page.getByRole('button', { name: /^Fix what it gets wrong/ }).click()
    await page.getByText('7 read as 1').waitFor()
    await page.getByRole('button', { name: 'Write more of 7 1' }).click()
    expect(await page.getByLabel('Characters').inputValue()).toBe('7 1')
    await page.getByTestId('coverage').filter({ hasText: '4 samples' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    await start(page, /^The last blocks/, { Epochs: '8', Copies: '1' })

    const state = page.getByTestId('run-state')
    const isPaused = () => state.filter({ hasText: 'Paused' }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await isPaused()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Teach' }).click()
    await isPaused()
    await page.getByRole('button', { name: 'Resume' }).click()
    await state.filter({ hasText: 'Trial' }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await state.filter({ hasText: 'Stopped' }).waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await isPaused()
    await longhand.killAndOpenAgain()
    await page.getByRole('link', { name: 'Teach' }).click()
    await page.getByText('my-digits was interrupted').waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByTestId('verdict').filter({ hasText: 'my-digits' }).waitFor()
    expect(await page.getByTestId('teach.ownSamples').textContent()).toMatch(/^0%/)

    await page.getByRole('button', { name: 'All teachings' }).click()
    await page.getByRole('button', { name: /^Teach it my style/ }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await start(page, /^Everything/, { Epochs: '1', Batch: '8', Copies: '1' })
    await page.getByTestId('verdict').filter({ hasText: 'my-digits-2' }).waitFor()
    expect(complaints).toEqual([])
  },
)
