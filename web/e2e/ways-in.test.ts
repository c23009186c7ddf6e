import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import { ChatWorld } from '#api/community/testing.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { Person } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { buy, mailedCode, untilStep } from '#dev/testing/buy.ts'
import { signIn } from '#dev/testing/mails.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { startTestRooms, type TestRooms } from '#dev/testing/rooms.ts'
import type { Site } from '#dev/testing/site.ts'
import { builtSite } from './built-site.ts'
import { startChatSite } from './chat-site.ts'
import { windowOf } from './pages-site.ts'

let database: TestDatabase
let rooms: TestRooms
let built: Awaited<ReturnType<typeof builtSite>>
let site: Site
let browser: Browser
let world: ChatWorld
beforeAll(async () => {
  ;[database, rooms, built, browser] = await Promise.all([testDatabase(), startTestRooms('PartyServer'), builtSite(), launchChromium()])
  site = await startChatSite(database, rooms, built.outDir)
  world = new ChatWorld(database, rooms)
})
beforeEach(() => database.admin('delete from rate_limits'))
afterAll(() => Promise.all([browser.close(), site.stop().then(() => database.close()), rooms.close(), built.remove()]))

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } } as const

/** Pictures to look at, where somebody asked for them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Somebody's browser, opened as a window with the cookies that they have. */
async function openAs(person: Person, size: { width: number; height: number }, locale = 'fr-FR'): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: person.origin, viewport: size, locale })
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: person.origin })))
  context.setDefaultTimeout(10_000)
  return context
}

const fresh = (name: string) => unaskedAddress(name, site.services.config.CODE_SECRET)
const typeCode = async (page: Page, code: string): Promise<void> => {
  await page.getByRole('textbox', { name: /Code|code/ }).click()
  await page.keyboard.type(code)
}

test.each(Object.entries(SIZES))('an address that is no page says so within the site, with a way on, on a %s', async (_, size) => {
  const context = await openAs(site.stam(), size)
  const page = await context.newPage()
  expect((await page.goto('/nulle-part'))?.status()).toBe(404)
  await page.getByRole('heading', { name: 'Cette page n’existe pas' }).waitFor()
  expect(await overflow(page)).toBe(0)
  await page.getByRole('link', { name: 'Revenir à l’accueil' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await context.close()
})

describe('a checkout whose address somebody else has proven meanwhile', () => {
  test.each(Object.entries(SIZES))('asks for the mailed code before it opens what was paid, on a %s', async (device, size) => {
    const email = await fresh(`paid-${device}`)
    const { button, community } = await makeOffer(database.db)
    const buyer = site.stam()
    const { id } = await buy(buyer, { buttonKey: button.buttonKey, email })
    const context = await openAs(buyer, size)
    const page = await context.newPage()
    await page.goto(`/checkout/${id}`)
    await page.getByRole('button', { name: /^Entrer dans/ }).waitFor()
    await signIn(site, site.stam(), email)

    // The page stood open before: pressing its button tells it.
    await page.getByRole('button', { name: /^Entrer dans/ }).click()
    await page.getByRole('button', { name: 'Recevoir mon code' }).waitFor()
    // Paid, and not open yet: neither the words nor the steps say that it is.
    await page.getByText(/^Votre paiement est bien arrivé\. L’accès à .* s’ouvrira/).waitFor()
    expect(await page.getByText(/ est ouvert\./).count()).toBe(0)
    expect(await page.locator('li[aria-current="step"]').getAttribute('data-done')).toBe('false')
    await picture(page, `paid-ask-${device}`)
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: 'Recevoir mon code' }).click()
    const code = await mailedCode(buyer, { id, email })
    await picture(page, `paid-code-${device}`)
    expect(await overflow(page)).toBe(0)
    await typeCode(page, code)
    await page.getByRole('button', { name: /^Entrer dans/ }).click()
    await page.waitForURL(new RegExp(`/c/${community.slug}`))
    await context.close()
  })

  test.each(Object.entries(SIZES))('asks for it before another try at a refused order, on a %s', async (device, size) => {
    const email = await fresh(`refused-${device}`)
    const { button } = await makeOffer(database.db)
    const buyer = site.stam()
    const { id } = await buy(buyer, { buttonKey: button.buttonKey, email }, '4000000000000002')
    await untilStep(buyer, id, ['DECLINED'])
    const context = await openAs(buyer, size, 'en-GB')
    const page = await context.newPage()
    await page.goto(`/checkout/${id}`)
    await page.getByRole('button', { name: /^Try .*again|^Try again|Retry/i }).click()
    await page.getByRole('checkbox').nth(0).check()
    await page.getByRole('checkbox').nth(1).check()
    await signIn(site, site.weokto(), email)
    await page.getByRole('button', { name: /^Order with obligation to pay/ }).click()
    await page.getByRole('button', { name: 'Send me a code' }).waitFor()
    await picture(page, `order-ask-${device}`)
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await typeCode(page, await mailedCode(buyer, { id, email }))
    await page.getByRole('textbox', { name: /code/i }).waitFor({ state: 'detached' })
    expect(await untilStep(buyer, id, ['DECLINED'])).toMatchObject({ asksCode: false })
    await context.close()
  })
})

describe('the sign-in page', () => {
  test.each(['stam', 'weokto'] as const)('goes on by itself on %s once the mail’s link was opened in another tab', async (platform) => {
    const email = `two-tabs-${platform}@people.test`
    const context = await openAs(site[platform](), SIZES.desk)
    const first = await context.newPage()
    await first.goto('/sign-in?next=/account')
    await first.getByRole('textbox').fill(email)
    await first.getByRole('button', { name: 'Recevoir mon lien' }).click()
    await first.getByRole('heading', { name: 'Regardez vos e-mails' }).waitFor()
    await expect.poll(() => site.mailbox.mails.list(email).length).toBeGreaterThan(0)
    const [, link = ''] = /href="([^"]*#token=[^"]+)"/.exec(site.mailbox.mails.list(email)[0]?.html ?? '') ?? []
    const second = await context.newPage()
    await second.goto(link.replaceAll('&amp;', '&'))
    await second.getByRole('button', { name: 'Me connecter' }).click()
    await second.waitForURL('**/account')
    await first.waitForURL('**/account')
    await first.getByRole('heading', { name: 'Mon compte' }).waitFor()
    await context.close()
  })

  test('says that earlier mails work when no more are sent, and takes the code of one', async () => {
    const email = 'no-more@people.test'
    const context = await openAs(site.stam(), SIZES.phone)
    const page = await context.newPage()
    for (let n = 0; n < 6; n++) {
      await page.goto('/')
      await page.goto('/sign-in')
      await page.getByRole('textbox').fill(email)
      await page.getByRole('button', { name: 'Recevoir mon lien' }).click()
      if (n < 5) await page.getByRole('heading', { name: 'Regardez vos e-mails' }).waitFor()
    }
    await page.getByText(/Ceux des dix dernières minutes fonctionnent encore/).waitFor()
    await picture(page, 'sign-in-limited-phone')
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: 'J’ai déjà un code' }).click()
    await site.services.runtime.settled()
    await typeCode(page, codeIn(site.mailbox.mails.list(email).at(-1)?.text))
    await page.waitForURL((url) => url.pathname === '/')
    await page.getByRole('button', { name: 'Mon compte' }).waitFor()
    await context.close()
  })
})

const keptOn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('chat/') || key.startsWith('channel:')))

/** Somebody in a channel, in two tabs, with a message that does not get out. */
async function withDraft(platform: Platform) {
  const slug = `cercle-${newId().slice(0, 8)}`
  const communityId = await world.community(platform, { name: 'Cercle Lumière', slug })
  const channelId = await world.channel(communityId, { name: 'Général', slug: 'general' })
  const { userId } = await world.member(communityId, { platform })
  const chat = await windowOf(browser, site, database, { platform, userId })
  await chat
    .context()
    .route('**/api/channels/*/messages', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()))
  await chat.goto(platform === 'STAM' ? `/c/${slug}/general` : `/communities/${slug}/${channelId}`)
  await chat.getByRole('textbox').fill('Entre nous')
  await chat.getByRole('textbox').press('Enter')
  await chat.getByText('Envoi…').waitFor()
  await expect.poll(() => keptOn(chat)).toContainEqual(expect.stringMatching(/^chat\//))
  return { chat, userId }
}

describe.each(['STAM', 'WEOKTO'] as const)('unsent messages on %s', (platform) => {
  test('leave with sign-out, from every tab', async () => {
    const { chat } = await withDraft(platform)
    const other = await chat.context().newPage()
    await other.goto('/account')
    await other.getByRole('button', { name: 'Mon compte' }).click()
    await other.getByRole('menuitem', { name: 'Se déconnecter' }).click()
    await chat.waitForURL('**/sign-in**')
    await chat.getByText('Entre nous').waitFor({ state: 'detached' })
    await chat.context().unroute('**/api/channels/*/messages')
    await chat.waitForLoadState('networkidle')
    expect([await keptOn(chat), await keptOn(other)]).toEqual([[], []])
    await chat.context().close()
  })

  test('leave when the session was ended from elsewhere', async () => {
    const { chat, userId } = await withDraft(platform)
    await database.admin(`delete from ${platform.toLowerCase()}_sessions where "userId" = $1`, [userId])
    await chat.context().unroute('**/api/channels/*/messages')
    await chat.getByRole('textbox').fill('Encore un')
    await chat.getByRole('textbox').press('Enter')
    await chat.waitForURL('**/sign-in**')
    await chat.getByText('Entre nous').waitFor({ state: 'detached' })
    expect(await keptOn(chat)).toEqual([])
    await chat.context().close()
  })
})
