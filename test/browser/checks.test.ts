import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'vitest'
import { inChromium } from './chromium'
import { tabAndPress, tabTo } from './keyboard'
import { importByKeyboard, messages, openSamples, writePictures } from './samplesScreen'

inChromium(
  'a wrong label is found, put right, kept or skipped by one key each, and the review goes on where it was left',
  async ({ chromium }) => {
    const { page, dataFolder, complaints } = await openSamples(chromium, { reducedMotion: 'reduce' })
    await writePictures(join(dataFolder, 'pictures'), 300)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    await page.getByRole('combobox', { name: 'Data set' }).focus()
    await page.keyboard.type('pictures')
    await page.getByRole('button', { name: 'About this data set' }).waitFor()
    // Wrong labels, more than are gone through: those of the first samples, which are of 0.
    await page.getByRole('grid').focus()
    for (const label of ['4', '7', '1', '4', '7', '1']) {
      await page.keyboard.press(label)
      await messages(page).getByText(`1 sample relabelled as ${label}`).waitFor()
    }
    await page.getByRole('radio', { name: 'Samples' }).focus()
    for (let view = 0; view < 4; view++) await page.keyboard.press('ArrowRight')
    await tabAndPress(page, 'Look for wrong labels')

    const suspect = page.getByTestId('suspect')
    const suspects = async () => Number(/of (\d+) left/.exec(await suspect.innerText())?.[1])
    await suspect.filter({ hasText: /(may be|is likely) 0/ }).waitFor()
    const total = await suspects()
    const isLeft = (left: number) => suspect.filter({ hasText: `${left} of ${total} left` }).waitFor()
    await isLeft(total)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.keyboard.press('Enter')
    await messages(page).getByText('1 sample relabelled as 0').waitFor()
    await isLeft(total - 1)
    await page.keyboard.press('Space')
    await messages(page).getByText('1 sample marked').waitFor()
    await isLeft(total - 2)
    await page.keyboard.press('u')
    await isLeft(total - 1)
    const again = await suspect.innerText()
    await page.keyboard.press('Space')
    await isLeft(total - 2)
    await page.keyboard.press('ArrowLeft')
    expect(await suspect.innerText()).toContain(again.split('·')[1]?.trim())
    await page.reload()
    await isLeft(total - 2)

    await tabTo(page, 'Wrong labels')
    await page.keyboard.press('ArrowRight')
    await page
      .getByText('No two samples look the same.')
      .or(page.getByText(/% alike/))
      .waitFor()
    expect(complaints).toEqual([])
  },
)
