import type { Page } from 'playwright-core'

/** What the clipboard holds. The page itself may not read it, so it is pasted into a field as a user would. */
export async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.createElement('textarea')
    field.id = 'pasted'
    document.body.append(field)
    field.focus()
  })
  await page.keyboard.press('Control+v')
  return page.locator('#pasted').inputValue()
}
