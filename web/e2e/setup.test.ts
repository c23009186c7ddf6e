import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { newestMail } from '#dev/testing/mails.ts'
import type { Site } from '#dev/testing/site.ts'
import { builtSite } from './built-site.ts'
import { startPagesSite } from './pages-site.ts'

let database: TestDatabase
let built: Awaited<ReturnType<typeof builtSite>>
let site: Site
let browser: Browser
beforeAll(async () => {
  ;[built, browser] = await Promise.all([builtSite(), launchChromium()])
})
// A business is opened once: each way of opening it needs a new one.
beforeEach(async () => {
  database = await testDatabase()
  await database.admin('delete from business_opening')
  site = await startPagesSite(database, built.outDir)
})
afterEach(() => site.stop().then(() => database.close()))
afterAll(() => Promise.all([browser.close(), built.remove()]))

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const WORDS = {
  'fr-FR': {
    open: 'Ouvrir la plateforme',
    code: /Code à 6 chiffres/,
    key: 'Clé d’ouverture',
    own: 'Devenir propriétaire',
    owed: 'Dû aux affiliés',
    wrong: /Cette clé n’est pas la bonne/,
  },
  'en-GB': {
    open: 'Open the platform',
    code: /6-digit code/,
    key: 'Set-up key',
    own: 'Become the owner',
    owed: 'Owed to affiliates',
    wrong: /This is not the key/,
  },
} as const

test.each([
  ['fr-FR', '/', { width: 360, height: 740 }],
  ['en-GB', '/admin', { width: 1440, height: 900 }],
] as const)('in %s, from %s: an empty platform leads to its opening, and whoever has the key owns it', async (locale, from, viewport) => {
  const words = WORDS[locale]
  const origin = site.services.config.WEOKTO_ORIGIN
  const context = await browser.newContext({ baseURL: origin, viewport, locale })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(from)
  await page.getByRole('heading', { name: words.open }).waitFor()
  await page.waitForURL('**/setup')
  await picture(page, `setup-1-${locale}`)
  expect(await overflow(page)).toBe(0)

  await page.getByRole('textbox').fill('premiere@owners.test')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: words.code }).waitFor()
  const { code } = await newestMail(site, 'premiere@owners.test')
  await page.getByRole('textbox', { name: words.code }).click()
  await page.keyboard.type(code)

  await page.waitForURL('**/setup')
  const key = page.getByRole('textbox', { name: words.key })
  await key.fill('not the key')
  await page.keyboard.press('Enter')
  await page.getByText(words.wrong).waitFor()
  // What was refused is gone to, by its field.
  expect(await key.evaluate((element) => element === document.activeElement)).toBe(true)
  await picture(page, `setup-2-${locale}`)
  expect(await overflow(page)).toBe(0)
  await key.fill(` ${site.services.config.SETUP_KEY} `)
  await page.getByRole('button', { name: words.own }).click()
  await page.waitForURL('**/admin')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByText(words.owed).first().waitFor()
  await picture(page, `setup-3-${locale}`)
  expect(await database.admin(`select email::text, "userType" from weokto_users`)).toEqual([
    { email: 'premiere@owners.test', userType: 'OWNER' },
  ])

  await page.goto('/setup')
  await page.getByRole('heading', { name: /a déjà son propriétaire|already has its owner/ }).waitFor()
  await picture(page, `setup-4-${locale}`)
  await context.close()
})
