import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { mnistTestSamples } from '../fixtures/mnistSamples'
import { inChromium } from './chromium'
import { tabAndPress, tabTo } from './keyboard'
import {
  importByKeyboard,
  isAt,
  messages,
  openSamples,
  place,
  writeInkFile,
  writePictures,
} from './samplesScreen'

// Everything here is done by keyboard alone.

describe('samples come in', () => {
  inChromium('all of MNIST by one key, and nothing of it where that is cancelled', async ({ chromium }) => {
    const { page, complaints } = await openSamples(chromium)
    await page.getByRole('heading', { name: 'Every sample you have, in one view' }).waitFor()
    await tabAndPress(page, 'Get MNIST')
    await page.getByRole('progressbar').waitFor()
    await tabAndPress(page, 'Cancel')
    await tabAndPress(page, 'Get MNIST')
    await page.getByRole('grid').waitFor()
    await isAt(page, '1 / 70,000 · labelled 5')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+End')
    await isAt(page, '70,000 / 70,000 · labelled 6')
    expect(complaints).toEqual([])
  })

  inChromium('from files, after a look at labels and problems', async ({ chromium }) => {
    const { page, dataFolder } = await openSamples(chromium)
    const pictures = join(dataFolder, 'pictures')
    await writePictures(pictures, 12)
    await writeFile(join(pictures, '7', 'zz.png'), 'no picture')
    await tabAndPress(page, 'Import …')
    await tabTo(page, /^File or folder/)
    await page.keyboard.type(pictures)
    await tabAndPress(page, 'Look through it')
    await page
      .getByTestId('preview')
      .filter({ hasText: /^12 samples with \d labels; 0 are duplicates/ })
      .waitFor()
    await page.getByText('1 problem').waitFor()
    await page.getByRole('dialog').getByText('zz.png').waitFor()
    // What cannot be read has to be left out on purpose.
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Import' }).isDisabled()).toBe(true)
    await tabAndPress(page, 'Leave out what cannot be read', 'Space')
    await tabAndPress(page, 'Labels', 'Enter')
    await tabTo(page, 'What 7 becomes')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('seven')
    await tabAndPress(page, 'Import')
    await page.getByRole('grid').waitFor()
    await isAt(page, '1 / 12')
    await tabAndPress(page, 'Label')
    await page.getByRole('checkbox', { name: /^seven/ }).waitFor()
    expect(await page.getByRole('checkbox', { name: /^7/ }).count()).toBe(0)
  })

  inChromium('from files that are dropped onto the window, or chosen by keyboard', async ({ chromium }) => {
    const { page, dataFolder, complaints } = await openSamples(chromium)
    const file = join(dataFolder, 'hand.jsonl')
    await writeInkFile(file)
    await page.getByRole('heading', { name: 'Every sample you have, in one view' }).waitFor()
    const data = await page.evaluateHandle(
      (text) => {
        const dropped = new DataTransfer()
        dropped.items.add(new File([text], 'hand.jsonl'))
        return dropped
      },
      await readFile(file, 'utf8'),
    )
    await page.dispatchEvent('body', 'dragover', { dataTransfer: data })
    await page.dispatchEvent('body', 'drop', { dataTransfer: data })
    await page.getByTestId('preview').filter({ hasText: '3 samples' }).waitFor()
    expect(await page.getByLabel(/^File or folder/).inputValue()).toBe('hand.jsonl')
    await tabAndPress(page, 'Import')
    await isAt(page, '1 / 3 · labelled 7')

    await tabAndPress(page, /^Import( …)?$/)
    const choosing = page.waitForEvent('filechooser')
    await tabAndPress(page, 'Choose …')
    const other = join(dataFolder, 'other.jsonl')
    await writeFile(other, (await readFile(file, 'utf8')).replaceAll('7', '4'))
    await (await choosing).setFiles(other)
    await page.getByTestId('preview').filter({ hasText: '3 samples' }).waitFor()
    await tabAndPress(page, 'Import')
    await isAt(page, '/ 6')
    expect(complaints).toEqual([])
  })
})

describe('a review', () => {
  inChromium('labels by typing, goes on by itself, and takes everything back', async ({ chromium }) => {
    const { page, dataFolder, complaints } = await openSamples(chromium)
    await writePictures(join(dataFolder, 'pictures'), 12)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    const grid = page.getByRole('grid')
    await tabTo(page, 'Samples')
    await grid.focus()
    await isAt(page, '1 / 12 · labelled 0')
    await page.keyboard.press('7')
    await messages(page).getByText('1 sample relabelled as 7').waitFor()
    await isAt(page, '2 / 12')
    await page.keyboard.press('ArrowLeft')
    await isAt(page, '1 / 12 · labelled 7')
    expect(await page.getByRole('gridcell').getAttribute('aria-label')).toBe('7, sample 1 of 12')
    await page.keyboard.press('u')
    await isAt(page, '1 / 12 · labelled 0')
    await page.keyboard.press('Shift+U')
    await isAt(page, '1 / 12 · labelled 7')
    await page.keyboard.press('Control+z')
    await isAt(page, '1 / 12 · labelled 0')
    await page.keyboard.press('Delete')
    await messages(page).getByText('1 sample deleted').waitFor()
    await isAt(page, '1 / 11')
    await page.keyboard.press('u')
    await isAt(page, '1 / 12 · labelled 0')
    expect(complaints).toEqual([])
  })

  inChromium('goes through several at once, chosen by range and by key', async ({ chromium }) => {
    const { page, dataFolder } = await openSamples(chromium)
    await writePictures(join(dataFolder, 'pictures'), 12)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    const grid = page.getByRole('grid')
    await grid.focus()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByRole('status').getByText('3 chosen').waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await place(page).getByText('4 chosen').waitFor()
    expect(await page.getByRole('gridcell').getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('F2')
    await page.keyboard.type('odd')
    await page.keyboard.press('Enter')
    await messages(page).getByText('4 samples relabelled as odd').waitFor()
    await page.keyboard.press('Control+a')
    await place(page).getByText('12 chosen').waitFor()
    await page.keyboard.press('Delete')
    await messages(page).getByText('12 samples deleted').waitFor()
    // There is nothing left to show; the way back is still there.
    await page.keyboard.press('Tab')
    await tabAndPress(page, 'Undo')
    await isAt(page, '/ 12')
  })

  inChromium('goes on where it was left, after a reload too', async ({ chromium }) => {
    const { page, dataFolder } = await openSamples(chromium)
    await writePictures(join(dataFolder, 'pictures'), 12)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    await page.getByRole('grid').focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
    await isAt(page, '5 / 12')
    await page.reload()
    await isAt(page, '5 / 12')
  })
})

describe('filters', () => {
  inChromium('combine, show what they leave, and are part of the address', async ({ chromium }) => {
    const { page, dataFolder } = await openSamples(chromium)
    await writePictures(join(dataFolder, 'pictures'), 40)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    await tabAndPress(page, 'Label')
    await tabAndPress(page, /^1 ?\d+$/, 'Space')
    await tabAndPress(page, /^7 ?\d+$/, 'Space')
    await page.keyboard.press('Escape')
    const ones = (await mnistTestSamples(40)).filter(({ label }) => ['1', '7'].includes(label)).length
    await isAt(page, `1 / ${ones}`)
    expect(page.url()).toContain('label=1&label=7')
    await tabAndPress(page, 'Views')
    await tabTo(page, 'Name of the view')
    await page.keyboard.type('straight ones')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'straight ones', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await tabAndPress(page, 'Clear')
    await isAt(page, '/ 40')
    await tabAndPress(page, 'Views')
    await tabAndPress(page, 'straight ones')
    await isAt(page, `1 / ${ones}`)
    await page.reload()
    await isAt(page, `1 / ${ones}`)
  })
})

describe('one sample', () => {
  inChromium('is replayed, relabelled, and keeps its history', async ({ chromium }) => {
    const { page, dataFolder, complaints } = await openSamples(chromium)
    const file = join(dataFolder, 'hand.jsonl')
    await writeInkFile(file)
    await importByKeyboard(page, file)
    await page.getByRole('grid').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('img', { name: 'Ink of 1 stroke' }).waitFor()
    await tabAndPress(page, 'Replay', 'Space')
    await page.getByRole('button', { name: /^(Pause|Replay)$/ }).waitFor()
    await tabTo(page, 'Label')
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await page.getByText('Label: 7 → 1').waitFor()
    await page.getByTestId('label').getByText('1', { exact: true }).waitFor()
    expect(page.url()).toContain('sample=')
    await page.getByRole('button', { name: 'Samples', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('grid').waitFor()
    await isAt(page, '1 / 3 · labelled 1')
    expect(complaints).toEqual([])
  })

  inChromium('is one of a class, whose balance and average are shown', async ({ chromium }) => {
    const { page, dataFolder } = await openSamples(chromium)
    await writePictures(join(dataFolder, 'pictures'), 40)
    await importByKeyboard(page, join(dataFolder, 'pictures'))
    await tabTo(page, 'Samples')
    await page.getByRole('radio', { name: 'Samples' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('img', { name: 'Average of all 7' }).waitFor()
    await tabAndPress(page, 'Show the samples of 7')
    await page.getByRole('grid').waitFor()
    await isAt(page, 'labelled 7')
  })
})

describe('samples go out', () => {
  inChromium('only those that were corrected, where that is asked for', async ({ chromium }) => {
    const { page, dataFolder } = await openSamples(chromium)
    const file = join(dataFolder, 'hand.jsonl')
    await writeInkFile(file)
    await importByKeyboard(page, file)
    await page.getByRole('combobox', { name: 'Data set' }).focus()
    await page.keyboard.type('hand')
    await page.getByRole('button', { name: 'About this data set' }).waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('1')
    await messages(page).getByText('1 sample relabelled as 1').waitFor()
    await tabAndPress(page, 'Export')
    await tabTo(page, /^What/)
    await page.keyboard.type('Only')
    await tabTo(page, /^Format/)
    await page.keyboard.type('Ink')
    await tabTo(page, /^File/)
    await mkdir(join(dataFolder, 'exported'))
    const target = join(dataFolder, 'exported', 'corrected.jsonl')
    await page.keyboard.type(target)
    await tabAndPress(page, 'Export')
    await messages(page).getByText('1 sample exported').waitFor()
    const lines = (await readFile(target, 'utf8')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { label: string }).label)).toEqual(['1'])
  })
})
