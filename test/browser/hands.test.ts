import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { assertExists } from '../../src/shared/assert'
import { joinedLoops } from '../fixtures/joinedLoops'
import { inChromium } from './chromium'
import { openLonghand } from './openLonghand'

/** Writes words beside each other by real pointer events; a slant leans them to the right. */
async function write(page: Page, words: readonly string[], slant: number, height: number): Promise<void> {
  const pad = assertExists(await page.getByTestId('pad').boundingBox(), 'the pad')
  const scale = (pad.height * height) / 100
  let left = 20
  for (const word of words) {
    let right = left
    for (const stroke of joinedLoops(word)) {
      for (const [i, [x, y]] of stroke.entries()) {
        const at = left + x * scale + slant * (100 - y) * scale
        right = Math.max(right, at)
        await page.mouse.move(pad.x + at, pad.y + pad.height * 0.65 + (y - 100) * scale)
        if (i === 0) await page.mouse.down()
      }
      await page.mouse.up()
    }
    left = right + pad.height * 0.35
  }
}

const words = (page: Page, count: number) =>
  page.getByTestId('hand-words').getByText(`${count} word`, { exact: false }).waitFor()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('the Hands screen', () => {
  inChromium(
    'learns a hand by words on the pad, knows it again, renames and forgets it',
    async ({ chromium }) => {
      const { page, complaints } = await openLonghand(chromium, { reducedMotion: 'reduce' })
      await page.getByRole('link', { name: 'Hands', exact: true }).press('Enter')
      await page.getByText('Nobody yet').waitFor()
      expect(await button(page, 'Learn this hand').isDisabled()).toBe(true)
      await write(page, ['elle', 'lee'], 0.5, 0.3)
      await words(page, 2)
      await button(page, 'Next line').press('Enter')
      await write(page, ['eel', 'ell'], 0.5, 0.3)
      await words(page, 4)
      // Enter in the field learns it.
      await page.getByLabel('Name of the person').fill('Ann')
      await page.keyboard.press('Enter')
      const known = page.getByTestId('known-hand')
      await known.getByText('Ann', { exact: true }).waitFor()
      await known.getByText('by 4 words').waitFor()
      await words(page, 0)

      await write(page, ['lee', 'elle', 'le'], 0.5, 0.3)
      await words(page, 3)
      await button(page, 'Who wrote this?').press('Enter')
      const match = page.getByTestId('hand-matches').getByRole('listitem')
      await match.getByText('likelier the same hand').waitFor()
      expect(await match.innerText()).toContain('Ann')
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )

      await button(page, 'Rename Ann').press('Enter')
      await page.getByLabel('New name').fill('Anna')
      await page.keyboard.press('Enter')
      await known.getByText('Anna', { exact: true }).waitFor()

      await button(page, 'Same hand?').press('Enter')
      await match.getByText('Anna').waitFor()
      await button(page, 'Delete Anna').press('Enter')
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByText('Nobody yet').waitFor()
      expect(complaints).toEqual([])
    },
  )
})
