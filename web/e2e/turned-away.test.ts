import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import type { Person } from '#dev/http-client.ts'
import { beginCheckout, buy, mailedCode, order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeClient, makeOffer } from '#dev/testing/people.ts'
import type { Site } from '#dev/testing/site.ts'
import { builtSite } from './built-site.ts'
import { startPagesSite } from './pages-site.ts'

let database: TestDatabase
let built: Awaited<ReturnType<typeof builtSite>>
let site: Site
let browser: Browser
beforeAll(async () => {
  ;[database, built, browser] = await Promise.all([testDatabase(), builtSite(), launchChromium()])
  site = await startPagesSite(database, built.outDir)
})
beforeEach(() => database.admin('delete from rate_limits'))
afterAll(() => Promise.all([browser.close(), site.stop().then(() => database.close()), built.remove()]))

const GOOD = '4242424242424242'

async function openAs(person: Person, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: person.origin, locale: 'fr-FR', timezoneId: 'Europe/Paris', ...options })
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: person.origin })))
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Code à 6 chiffres' }).click()
  await page.keyboard.type(code)
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** What one has already: the way to it, and neither a price nor steps to an order. */
async function expectOwned(page: Page, email: string): Promise<void> {
  await page.getByRole('heading', { name: 'Cette offre est déjà à vous' }).waitFor()
  await page.getByText(`Recevez à ${email} un lien`).waitFor()
  expect(await page.getByText(/À payer aujourd/).count()).toBe(0)
  expect(await page.getByText(/^Étape \d/).count()).toBe(0)
  expect(await page.getByRole('button', { name: /obligation de paiement/ }).count()).toBe(0)
  await expect.poll(() => focused(page)).toBe('main')
}

test('whoever has the offer already is shown the way in after the code, and nothing to pay', async () => {
  const { button } = await makeOffer(database.db)
  const email = 'has-it@people.test'
  await buy(site.stam(), { buttonKey: button.buttonKey, email })
  const buyer = site.stam()
  const { id } = await beginCheckout(buyer, { buttonKey: button.buttonKey, email })
  const page = await openAs(buyer)
  await page.goto(`/checkout/${id}`)
  await typeCode(page, await mailedCode(buyer, { id, email }))
  await expectOwned(page, email)
  await page.context().close()
})

test('an order of what was bought meanwhile in another tab leads to the way in', async () => {
  const { button } = await makeOffer(database.db)
  const email = 'two-orders@people.test'
  await makeClient(database.db, { email })
  const buyer = site.stam()
  const [paid, left] = [
    await startCheckout(buyer, { buttonKey: button.buttonKey, email }),
    await startCheckout(buyer, { buttonKey: button.buttonKey, email }),
  ]
  for (const { id } of [paid, left]) await typeCard(buyer, id, GOOD)
  await untilStep(buyer, left.id, ['REVIEW'])
  const page = await openAs(buyer)
  await page.goto(`/checkout/${left.id}`)
  for (const n of [0, 1]) await page.getByRole('checkbox').nth(n).check()
  expect((await order(buyer, await untilStep(buyer, paid.id, ['REVIEW']))).status).toBe(202)
  await untilStep(buyer, paid.id, ['PAID'])
  await page.getByRole('button', { name: /obligation de paiement/ }).click()
  await expectOwned(page, email)
  await page.context().close()
})

test('the code screen says until when to wait, in whose time, and begins afresh with a new mail', async () => {
  const { button } = await makeOffer(database.db)
  const email = 'waits@people.test'
  await buy(site.stam(), { buttonKey: button.buttonKey, email })
  const buyer = site.stam()
  const { button: other } = await makeOffer(database.db)
  const { id } = await beginCheckout(buyer, { buttonKey: other.buttonKey, email })
  await database.admin(`update checkout_sessions set "waitUntil" = now() at time zone 'UTC' + interval '15 minutes' where id = $1`, [id])
  const code = await mailedCode(buyer, { id, email })
  const page = await openAs(buyer, { timezoneId: 'America/Montreal' })
  await page.clock.install()
  await page.goto(`/checkout/${id}`)
  await page.getByText(/Vous pourrez réessayer à \d\d:\d\d \(heure de Paris\)/).waitFor()
  await typeCode(page, String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
  const wrong = page.getByText(/Ce code n.est pas le bon/)
  await wrong.waitFor()
  await page.clock.runFor(31_000)
  await page.getByRole('button', { name: 'Renvoyer l’e-mail' }).click()
  await wrong.waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code')
  await page.context().close()
})
