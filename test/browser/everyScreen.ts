import type { Page } from 'playwright-core'

/** One look at the app that everybody should be able to use. */
export interface Look {
  readonly name: string
  /** From the look before it; the first begins at the introduction. */
  readonly open: (page: Page) => Promise<void>
}

const go = (page: Page, hash: string) => page.evaluate((to) => (window.location.hash = to), hash)
const dialog = (page: Page) => page.getByRole('dialog').waitFor()
async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
const press = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click()

/** Every screen and dialog, in an order in which each leads to the next. */
export const everyLook: readonly Look[] = [
  { name: 'introduction: write', open: dialog },
  { name: 'introduction: correct', open: (page) => press(page, /^(Next|下一步)$/) },
  { name: 'introduction: teach', open: (page) => press(page, /^(Next|下一步)$/) },
  {
    name: 'samples',
    open: async (page) => {
      await press(page, /^(Get samples to play with|获取试用样本)$/)
      await page.getByRole('grid').waitFor()
      // The message lies over the screen's head, and goes by itself.
      await page
        .getByRole('button', { name: /^(Dismiss|关闭)$/ })
        .last()
        .waitFor({ state: 'detached' })
    },
  },
  {
    name: 'a sample',
    open: async (page) => {
      await page.getByRole('grid').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('grid').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'classes',
    open: async (page) => {
      await go(page, '#samples?view=classes')
      await page.getByRole('table').waitFor()
    },
  },
  {
    name: 'writers',
    open: async (page) => {
      await go(page, '#samples?view=writers')
      await page.getByRole('table').waitFor()
    },
  },
  {
    name: 'map',
    open: async (page) => {
      // The user's own data set is the first; the samples to play with are the second.
      await go(page, '#samples?dataset=2&view=map')
      await press(page, /^(Draw the map|Draw anew|绘制地图|重新绘制)$/)
      await page.getByRole('application').waitFor()
    },
  },
  {
    name: 'import',
    open: async (page) => {
      await press(page, /^(Import|导入)$/)
      await dialog(page)
    },
  },
  {
    name: 'export',
    open: async (page) => {
      await closeDialog(page)
      await press(page, /^(Export|导出)$/)
      await dialog(page)
    },
  },
  {
    name: 'cutting a page',
    open: async (page) => {
      await closeDialog(page)
      await press(page, /^(Cut a page|切分整页)$/)
      await dialog(page)
    },
  },
  {
    name: 'guided writing',
    open: async (page) => {
      await closeDialog(page)
      await go(page, '#samples?view=collect')
      await page.locator('input[type=number]').waitFor()
    },
  },
  {
    name: 'read',
    open: async (page) => {
      await go(page, '#read')
      await page.getByRole('heading', { level: 1, name: /^(Read|识读)$/ }).waitFor()
    },
  },
  {
    name: 'hands',
    open: async (page) => {
      await go(page, '#hands')
      await page.getByTestId('pad').waitFor()
    },
  },
  {
    name: 'teach',
    open: async (page) => {
      await go(page, '#teach')
      await page.getByRole('heading', { level: 1, name: /^(Teach|教学)$/ }).waitFor()
    },
  },
  {
    name: 'settings',
    open: async (page) => {
      await go(page, '#settings')
      await page.getByTestId('data-folder').waitFor()
    },
  },
  {
    name: 'deleting everything',
    open: async (page) => {
      await press(page, /^(Delete everything|全部删除)$/)
      await dialog(page)
    },
  },
  {
    name: 'write',
    open: async (page) => {
      await closeDialog(page)
      await go(page, '#write')
      await page.getByTestId('pad').waitFor()
    },
  },
]
