import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import { NOTHING_KNOWN } from '#domain/identity/email-state.ts'
import { joinEmailState } from '#api/identity/email/statements.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { makeAffiliate, makeClient, makeLink, makeOffer, makePerson, makeSale } from '#dev/testing/people.ts'
import type { Site } from '#dev/testing/site.ts'
import { builtSite } from './built-site.ts'
import { startPagesSite, windowOf } from './pages-site.ts'

let database: TestDatabase
let built: Awaited<ReturnType<typeof builtSite>>
let site: Site
let browser: Browser
beforeAll(async () => {
  ;[database, built, browser] = await Promise.all([testDatabase(), builtSite(), launchChromium()])
  site = await startPagesSite(database, built.outDir)
})
afterAll(() => Promise.all([browser.close(), site.stop().then(() => database.close()), built.remove()]))

const PHONE = { width: 360, height: 740 }

async function open(platform: Platform, userId: string, path: string, size?: { width: number; height: number }): Promise<Page> {
  const page = await windowOf(browser, site, database, { platform, userId }, size)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const hasFocus = (page: Page, label: string) => page.getByLabel(label).evaluate((element) => element === document.activeElement)
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
/** What reaches beyond the window, or beyond the dialog that it stands in. */
const overflowing = (page: Page) =>
  page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('dialog[open]')]
    const wide = boxes.filter((box) => box.scrollWidth > box.clientWidth)
    return wide.flatMap((box) => {
      const end = box.getBoundingClientRect().left + box.clientWidth
      return [...box.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > end + 1)
        .map((element) => `${element.tagName}.${element.className}`)
    })
  })

describe('an affiliate’s links', () => {
  test('an offer copies its own plain link, the one it shows, and not the newest of a campaign', async () => {
    const [person, { product }] = await Promise.all([makeAffiliate(database.db), makeOffer(database.db)])
    const day = (n: number) => new Date(Date.UTC(2026, 2, n))
    const plain = await makeLink(database.db, { affiliateId: person.id, productId: product.id, createdAt: day(1) })
    await makeLink(database.db, { affiliateId: person.id, productId: product.id, createdAt: day(2), campaign: 'noël', label: 'Stories' })
    const page = await open('WEOKTO', person.id, '/marketplace')
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: product.name }) })
    await card.getByRole('button', { name: 'Copier le lien' }).click()
    await card.getByRole('button', { name: 'Copié' }).waitFor()
    expect(await copied(page)).toBe(`${site.services.config.STAM_ORIGIN}/r/${plain.code}`)
    expect(await card.getByText(/\/r\//).textContent()).toBe(await copied(page))
    await page.context().close()
  })

  test('an offer with links of campaigns only says which one it copies', async () => {
    const [person, { product }] = await Promise.all([makeAffiliate(database.db), makeOffer(database.db)])
    const link = await makeLink(database.db, { affiliateId: person.id, productId: product.id, campaign: 'noël', label: 'Stories' })
    const page = await open('WEOKTO', person.id, '/marketplace')
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: product.name }) })
    await card.getByText('Stories').waitFor()
    await card.getByRole('button', { name: 'Copier le lien' }).click()
    await card.getByRole('button', { name: 'Copié' }).waitFor()
    expect(await copied(page)).toContain(`/r/${link.code}`)
    await page.context().close()
  })

  test('every card of the list copies its own address', async () => {
    const [person, { product }] = await Promise.all([makeAffiliate(database.db), makeOffer(database.db)])
    for (const code of ['la-une', 'la-deux', 'la-trois']) {
      await makeLink(database.db, { affiliateId: person.id, productId: product.id, code: `${code}-${person.id.slice(0, 5)}` })
    }
    const page = await open('WEOKTO', person.id, '/links')
    const cards = page.locator('.link-card')
    await cards.nth(2).waitFor()
    for (const card of await cards.all()) {
      await card.getByRole('button', { name: 'Copier' }).click()
      await card.getByRole('button', { name: 'Copié' }).waitFor()
      expect(await card.locator('.wk-address').textContent()).toBe(await copied(page))
    }
    await page.context().close()
  })

  test('a code that somebody has is told at its field, which has the focus', async () => {
    const [person, other, { product }] = await Promise.all([makeAffiliate(database.db), makeAffiliate(database.db), makeOffer(database.db)])
    await makeLink(database.db, { affiliateId: other.id, productId: product.id, code: 'lea-cuisine' })
    const page = await open('WEOKTO', person.id, `/links?new=${product.id}`)
    const code = page.getByLabel('Code choisi')
    await code.fill('lea-cuisine')
    await page.getByRole('button', { name: 'Créer le lien' }).click()
    await page.getByText('Ce code est déjà pris').waitFor()
    const error = page.locator(`[id="${(await code.getAttribute('aria-describedby'))?.split(' ')[0]}"]`)
    expect(await error.textContent()).toBe('Ce code est déjà pris. Choisissez-en un autre.')
    expect(await page.getByText('Ce code est déjà pris').count()).toBe(1)
    expect(await code.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await code.getAttribute('aria-invalid')).toBe('true')
    await page.context().close()
  })

  test('a path that leads nowhere takes the focus before anything is sent', async () => {
    const [person, { product }] = await Promise.all([makeAffiliate(database.db), makeOffer(database.db)])
    const page = await open('WEOKTO', person.id, `/links?new=${product.id}`)
    await page.getByLabel('Page d’arrivée').fill('https://ailleurs.example')
    await page.getByRole('button', { name: 'Créer le lien' }).click()
    expect(await hasFocus(page, 'Page d’arrivée')).toBe(true)
    await page.context().close()
  })
})

describe('what one owns already', () => {
  test('is told at once to whoever is signed in, with the way in, and nothing is asked', async () => {
    const [client, { community, product, plan, button }] = await Promise.all([makeClient(database.db), makeOffer(database.db)])
    await makeSale(database.db, { productId: product.id, planId: plan.id, stamUserId: client.id, paidAt: new Date() })
    const page = await open('STAM', client.id, `/pay/${button.buttonKey}`)
    await page.getByRole('heading', { name: 'Cette offre est déjà à vous' }).waitFor()
    expect(await page.getByRole('combobox').count()).toBe(0)
    await page.getByRole('link', { name: `Entrer dans ${community.name}` }).click()
    await page.waitForURL(`**/c/${community.slug}**`)
    await page.context().close()
  })

  test('after the code it is told, and one more press mails the way in', async () => {
    const [client, { community, product, plan, button }] = await Promise.all([makeClient(database.db), makeOffer(database.db)])
    await makeSale(database.db, { productId: product.id, planId: plan.id, stamUserId: client.id, paidAt: new Date() })
    const { STAM_ORIGIN } = site.services.config
    const context = await browser.newContext({ baseURL: STAM_ORIGIN, locale: 'fr-FR' })
    const page = await context.newPage()
    await page.goto(`/pay/${button.buttonKey}`)
    await page.getByLabel('Adresse e-mail').fill(client.email)
    await page.getByRole('button', { name: 'Continuer' }).click()
    const field = page.getByLabel('Code à 6 chiffres')
    await field.waitFor()
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
    await field.fill(await codeMailedTo(client.email))
    await page.getByRole('heading', { name: 'Cette offre est déjà à vous' }).waitFor()
    await page.getByRole('button', { name: `Recevoir un lien pour entrer dans ${community.name}` }).click()
    await page.getByLabel('Code à 6 chiffres').fill(await codeMailedTo(client.email, 2))
    await page.waitForURL(`**/c/${community.slug}**`)
    await context.close()
  })
})

/** The code of the nth mail to an address, once it has arrived. */
async function codeMailedTo(email: string, nth = 1): Promise<string> {
  const mails = () => site.mailbox.mails.list(email)
  await expect.poll(() => mails().length).toBe(nth)
  return /\b(\d{6})\b/.exec(mails()[0]?.text ?? '')?.[1] ?? ''
}

describe('an address that mail does not reach', () => {
  test('is told on its person’s page, and let go from the list of people, where the mark then goes', async () => {
    const client = await makeClient(database.db)
    const complainedAt = new Date(Date.now() - 60_000)
    await joinEmailState(database, client.email, { ...NOTHING_KNOWN, complainedAt })
    site.mailbox.suppressions.add(client.email, 'complaint', 'x')
    const page = await windowOf(browser, site, database, { platform: 'STAM', userId: client.id })
    await page.goto('/account')
    await page.getByText('Vous ne recevez plus nos e-mails').waitFor()
    await page.getByText('Ni code de connexion ni reçu').waitFor()
    expect(await page.getByRole('link', { name: 'bonjour@stam.localhost' }).getAttribute('href')).toBe('mailto:bonjour@stam.localhost')
    await page.context().close()

    const owner = await makePerson(database.db, { userType: 'OWNER' })
    const list = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id })
    await list.goto(`/admin/people?site=STAM&q=${encodeURIComponent(client.email)}`)
    await list.getByText('Nous a signalés comme indésirables').waitFor()
    // The list is asked again at once: it waits here for the mark to have gone, as it has for whoever comes back to the page.
    const lifted = () => database.admin('select 1 from email_states where email = $1 and "liftedAt" is not null', [client.email])
    await list.route('**/api/admin/people?*', async (route) => {
      await expect.poll(lifted).toHaveLength(1)
      await route.continue()
    })
    await list.getByRole('button', { name: `Autoriser de nouveau les e-mails à ${client.email}` }).click()
    await list.getByText('Demande envoyée au fournisseur').waitFor()
    expect(site.mailbox.suppressions.has(client.email)).toBe(false)
    await list.getByText('E-mail confirmé').waitFor()
    expect(await list.getByText('Nous a signalés').count()).toBe(0)
    // The button has gone; its place in the page is kept.
    expect(await list.evaluate(() => document.activeElement?.textContent)).toBe('E-mail confirmé')
    await list.context().close()
  })
})

test('a person who is banned is shown as banned although no mail reaches them', async () => {
  const client = await makeClient(database.db)
  await joinEmailState(database, client.email, { ...NOTHING_KNOWN, bouncedAt: new Date(Date.now() - 60_000) })
  await database.admin(`update stam_users set "bannedAt" = now() at time zone 'UTC' where id = $1`, [client.id])
  const owner = await makePerson(database.db, { userType: 'OWNER' })
  const list = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id })
  await list.goto(`/admin/people?site=STAM&q=${encodeURIComponent(client.email)}`)
  await list.getByText('Ses e-mails reviennent').waitFor()
  await list.getByText('Exclu', { exact: true }).waitFor()
  await list.context().close()
})

describe('a page past the end of a list', () => {
  const answers = [['/links', '**/api/links?**', { links: [] }]] as const
  test.each(answers)('%s says so and names the last one', async (path, address, rows) => {
    const owner = await makePerson(database.db, { userType: 'OWNER' })
    const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id })
    await page.route(address, (route) => route.fulfill({ json: { ...rows, total: 12, page: 999 } }))
    await page.goto(`${path}?page=999`)
    await page.getByText('Il n’y a pas de page 999').waitFor()
    expect(await page.getByText(/ sur 12/).count()).toBe(0)
    await page.context().close()
  })
})

describe('on a phone of 360 px', () => {
  test('a sale stands wholly in its dialog, however long its names are', async () => {
    const long = 'tres-longue-adresse-sans-aucune-coupure-possible'
    const [owner, client, { product, plan }] = await Promise.all([
      makePerson(database.db, { userType: 'OWNER' }),
      makeClient(database.db, { email: `${long}-${long}@${long}.example.com` }),
      makeOffer(database.db, { product: { name: `Formation ${long}${long}` } }),
    ])
    const { invoice } = await makeSale(database.db, { productId: product.id, planId: plan.id, stamUserId: client.id, paidAt: new Date() })
    const page = await open('WEOKTO', owner.id, `/admin/sales?row=${invoice.id}`, PHONE)
    await page.getByRole('dialog').waitFor()
    expect(await overflowing(page)).toEqual([])
    await page.context().close()
  })
})
