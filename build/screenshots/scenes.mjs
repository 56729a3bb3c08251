// What there is a picture of: every screen and dialog, in an order in which each leads to the next.

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, open: (page: Page) => Promise<void> }} Scene
 */

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

/** @param {Page} page */
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
}

/** @param {Page} page @param {string} hash */
const go = (page, hash) => page.evaluate(`window.location.hash = ${JSON.stringify(hash)}`)
/** @param {Page} page @param {RegExp} name */
const press = (page, name) => page.getByRole('button', { name }).first().click()
/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog').waitFor()
/** @param {Page} page */
async function closeDialog(page) {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
/** Messages go by themselves. @param {Page} page */
const messagesGone = (page) =>
  page
    .getByRole('button', { name: /^(Dismiss|关闭)$/ })
    .last()
    .waitFor({ state: 'detached' })
/** @param {Page} page @param {RegExp} text of a heading of the Settings screen */
const scrollTo = (page, text) =>
  page
    .getByRole('heading', { name: text })
    .evaluate("(heading) => heading.closest('section')?.scrollIntoView({ block: 'start' })")

/** @type {readonly Scene[]} */
export const scenes = [
  { name: 'introduction', open: dialog },
  {
    name: 'write',
    open: async (page) => {
      await closeDialog(page)
      await draw(page)
    },
  },
  {
    name: 'write-corrected',
    open: async (page) => {
      await page.getByRole('button', { name: /^(It was|应为) 8$/ }).click()
      await page.getByTestId('kept').getByText('1').waitFor()
    },
  },
  {
    name: 'samples-empty',
    open: async (page) => {
      await messagesGone(page)
      await page.keyboard.press('Control+z')
      await messagesGone(page)
      await go(page, '#samples')
      await page.getByRole('button', { name: /MNIST/ }).waitFor()
    },
  },
  {
    name: 'samples',
    open: async (page) => {
      await press(page, /(Get samples to play with|获取试用样本)$/)
      await page.getByRole('grid').waitFor()
      await messagesGone(page)
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
    name: 'map',
    open: async (page) => {
      await go(page, '#samples?dataset=2&view=map')
      await press(page, /^(Draw the map|绘制地图)$/)
      const map = page.getByRole('application')
      await map.waitFor()
      await map.focus()
      for (let larger = 0; larger < 3; larger++) await page.keyboard.press('PageUp')
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
    name: 'sample',
    open: async (page) => {
      await go(page, '#samples?sample=24')
      await page.getByRole('table').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'import',
    open: async (page) => {
      await go(page, '#samples')
      await press(page, /^(Import|导入)$/)
      await dialog(page)
    },
  },
  {
    name: 'collect',
    open: async (page) => {
      await closeDialog(page)
      await go(page, '#samples?view=collect')
      await page.locator('input[type=number]').waitFor()
    },
  },
  {
    name: 'page',
    open: async (page) => {
      await press(page, /^(Cut a page|切分整页)$/)
      await dialog(page)
    },
  },
  {
    name: 'read',
    open: async (page) => {
      await closeDialog(page)
      await go(page, '#read')
      await page.getByRole('heading', { level: 1, name: /^(Read|识读)$/ }).waitFor()
    },
  },
  {
    name: 'hands',
    open: async (page) => {
      await go(page, '#hands')
      await page.getByTestId('hand-words').waitFor()
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
      await page.getByTestId('machine').waitFor({ timeout: 180_000 })
    },
  },
  { name: 'settings-folder', open: (page) => scrollTo(page, /^(Data folder|数据文件夹)$/) },
  { name: 'settings-machine', open: (page) => scrollTo(page, /^(Training|训练)$/) },
]
