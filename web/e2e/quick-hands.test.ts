import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '#dev/environment/chromium.ts'
import { builtSite } from './built-site.ts'
import { QuickKeys } from './keys.ts'
import { staticSite } from './static-site.ts'

let site: Awaited<ReturnType<typeof builtSite>>
let server: Awaited<ReturnType<typeof staticSite>>
let browser: Browser
beforeAll(async () => {
  site = await builtSite()
  server = await staticSite(site.outDir, 'weokto')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  server.close()
  await site.remove()
})

async function open(path: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 800 }, locale: 'fr-FR', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.route('**/api/me', (route) => route.fulfill({ json: { user: null } }))
  await page.goto(server.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // Quick hands begin where the page can be used: its outline has no buttons that may be pressed.
  await expect.poll(() => page.getByRole('button', { name: 'English' }).isEnabled(), { timeout: 20_000 }).toBe(true)
  return { page, close: () => context.close() }
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim())
const times = (count: number, ...keys: string[]) => Array.from({ length: count }, () => keys).flat()
const letters = (word: string) => word.split('')
const asked = (page: Page, key: string) => new URL(page.url()).searchParams.get(key)

/** Every key is in the browser's hands before it has drawn anything of what the first one did. */
describe.each([
  ['a quick machine', 1],
  ['one six times slower', 6],
])('on %s', (_, slowedBy) => {
  test('every letter of a search that stands in the address arrives', async () => {
    const { page, close } = await open('/styleguide')
    const field = page.getByRole('searchbox')
    await field.focus()
    const keys = await QuickKeys.on(page, slowedBy)
    await keys.press(...letters('formation dos'))
    await expect.poll(() => asked(page, 'q')).toBe('formation dos')
    expect(await field.inputValue()).toBe('formation dos')
    await close()
  })

  test('every press on the next page and on a heading counts', async () => {
    const { page, close } = await open('/styleguide?sort=-cents')
    const keys = await QuickKeys.on(page, slowedBy)
    await page.getByRole('button', { name: 'Page suivante' }).focus()
    await keys.press(...times(2, 'Enter'))
    await expect.poll(() => asked(page, 'page')).toBe('3')
    await page.getByRole('button', { name: 'Montant', exact: true }).focus()
    await keys.press(...times(5, 'Enter'))
    await expect.poll(() => asked(page, 'sort')).toBe('cents')
    await close()
  })

  test('a dialog opens with the focus in it and gives it back: its keys never reach the page', async () => {
    const { page, close } = await open('/styleguide')
    const opener = page.getByRole('button', { name: 'Confirmer un montant' })
    await opener.focus()
    const keys = await QuickKeys.on(page, slowedBy)
    await keys.press(...times(20, 'Enter', 'Escape'))
    expect(await focused(page)).toBe('Confirmer un montant')
    await keys.press('Enter', 'Tab', 'Tab', 'Enter')
    await page.getByText('Modifications enregistrées.').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await focused(page)).toBe('Confirmer un montant')
    await close()
  })

  test('the arrows walk along the tabs as often as they are pressed', async () => {
    const { page, close } = await open('/styleguide')
    await page.getByRole('tab').first().focus()
    const keys = await QuickKeys.on(page, slowedBy)
    await keys.press(...times(7, 'ArrowRight'), 'ArrowLeft', 'End', 'ArrowLeft')
    expect(await page.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true')
    expect(
      await page
        .getByRole('tab')
        .nth(1)
        .evaluate((tab) => tab === document.activeElement),
    ).toBe(true)
    await close()
  })

  test('whoever chooses a language goes on from the same place', async () => {
    const { page, close } = await open('/styleguide')
    await page.getByRole('button', { name: 'English' }).focus()
    const keys = await QuickKeys.on(page, slowedBy)
    await keys.press('Enter', 'Tab', 'Tab')
    await page.getByRole('heading', { level: 1, name: 'Style guide' }).waitFor()
    const afterEnglish = await focused(page)
    await page.getByRole('button', { name: 'English' }).focus()
    await keys.press('Tab', 'Tab')
    expect(afterEnglish).toBe(await focused(page))
    await close()
  })

  test('a form that is sent twice at once is sent once', async () => {
    const { page, close } = await open('/sign-in')
    const sent: string[] = []
    await page.route('**/api/sign-in', async (route) => {
      sent.push(route.request().postData() ?? '')
      await route.fulfill({ json: { minutes: 15 } })
    })
    await page.getByLabel('Adresse e-mail').fill('lea@example.com')
    await page.getByLabel('Adresse e-mail').focus()
    const keys = await QuickKeys.on(page, slowedBy)
    await keys.press(...times(3, 'Enter'))
    await page.getByLabel('Code à 6 chiffres').waitFor()
    expect(sent).toHaveLength(1)
    await close()
  })

  test('the code that a mail brought is typed where the page puts it, from its first digit on', async () => {
    const { page, close } = await open('/sign-in')
    const codes: string[] = []
    await page.route('**/api/sign-in', (route) => route.fulfill({ json: { minutes: 15 } }))
    await page.route('**/api/sign-in/confirm', (route) => {
      codes.push(route.request().postData() ?? '')
      return route.fulfill({ status: 422, json: { error: { code: 'code_wrong', message: 'Ce code est faux.' } } })
    })
    await page.getByLabel('Adresse e-mail').fill('lea@example.com')
    const keys = await QuickKeys.on(page, slowedBy)
    await keys.press('Enter')
    await page.getByLabel('Code à 6 chiffres').waitFor()
    await keys.press(...letters('123456'), 'Enter')
    await page.getByText('Ce code est faux.').waitFor()
    expect(codes).toHaveLength(1)
    expect(await page.getByLabel('Code à 6 chiffres').evaluate((input) => input === document.activeElement)).toBe(true)
    await close()
  })
})

describe('what cannot be sent leads to its first wrong field', () => {
  test('an empty address', async () => {
    const { page, close } = await open('/sign-in')
    await page.getByRole('button', { name: 'Recevoir' }).click()
    const field = page.getByLabel('Adresse e-mail')
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const error = await field.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${error}"]`).getAttribute('role')).toBe('alert')
    await close()
  })

  test('a code that is too short', async () => {
    const { page, close } = await open('/sign-in')
    await page.route('**/api/sign-in', (route) => route.fulfill({ json: { minutes: 15 } }))
    await page.getByLabel('Adresse e-mail').fill('lea@example.com')
    await page.keyboard.press('Enter')
    const code = page.getByLabel('Code à 6 chiffres')
    await code.fill('12')
    await page.getByRole('button', { name: 'Me connecter' }).click()
    expect(await code.evaluate((input) => input === document.activeElement)).toBe(true)
    await close()
  })
})
