import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import type { Platform } from '#domain/base/enums.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { makeAffiliate, makeClient, makeOffer, makeSale } from '#dev/testing/people.ts'
import { request } from '#dev/http-client.ts'
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

const HTML = { accept: 'text/html,*/*;q=0.8' }
const SESSION = `session=${'a'.repeat(43)}`
const read = async (origin: string, path: string, headers: Record<string, string> = {}) => {
  const answer = await request(origin + path, { headers: { ...HTML, ...headers } })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('the HTML of a page', () => {
  test('speaks the language that the reader chose, else the one that the browser asks for', async () => {
    const { WEOKTO_ORIGIN: origin } = site.services.config
    for (const [headers, lang, words] of [
      [{}, 'fr', 'Commissions, blocages et risque'],
      [{ 'accept-language': 'en-GB,fr;q=0.5' }, 'en', 'Commissions, locks and risk'],
      [{ 'accept-language': 'fr', cookie: 'locale=en' }, 'en', 'Commissions, locks and risk'],
    ] as const) {
      const page = await read(origin, '/how', headers)
      expect([page.text.includes(`<html lang="${lang}">`), page.text.includes(words)]).toEqual([true, true])
      expect(page.headers.get('vary')).toBe('accept-language, cookie')
      expect(page.headers.get('cache-control')).toBe('no-cache')
    }
  })

  test('with a session holds the doors and nothing of anybody; without one it holds the way in', async () => {
    const { WEOKTO_ORIGIN: origin } = site.services.config
    const [mine, nobodys] = [await read(origin, '/links', { cookie: SESSION }), await read(origin, '/links')]
    expect(mine.text).toContain('href="/commissions"')
    expect(mine.text).toContain('href="/api/links?page=1&amp;size=20"')
    expect(nobodys.text).not.toContain('/api/links')
    expect(nobodys.text).toContain('Se connecter')
  })

  test('has no placeholder left and asks for nothing of another address', async () => {
    const { STAM_ORIGIN: origin } = site.services.config
    const page = await read(origin, '/c/photo-de-rue/general', { cookie: SESSION })
    expect(page.text).toContain('href="/api/communities/photo-de-rue"')
    expect(page.text).not.toMatch(/\$slug|\{(?:page|locale|region|title|description)\}|origin\.invalid/)
  })

  test('of an address that is none says so in its status and in its words', async () => {
    const { STAM_ORIGIN: origin } = site.services.config
    const page = await read(origin, '/nowhere', { 'accept-language': 'en' })
    expect([page.status, page.headers.get('cache-control'), page.text.includes('<html lang="en">')]).toEqual([404, 'no-store', true])
  })
})

interface Watched {
  calls: string[]
  said: string[]
}

function watch(page: Page): Watched {
  const watched: Watched = { calls: [], said: [] }
  page.on('request', (asked) => {
    const { pathname, search } = new URL(asked.url())
    if (pathname.startsWith('/api/') && asked.method() === 'GET') watched.calls.push(pathname + search)
  })
  page.on('console', (message) => {
    // An earlier call that the program did not take is told as a warning only.
    if (message.type() === 'error' || message.text().includes('preload')) watched.said.push(message.text())
  })
  page.on('pageerror', (error) => watched.said.push(error.message))
  return watched
}

/** The page once its outline is gone and nothing is asked for any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('main') !== null && document.querySelector('[aria-busy="true"], .ui-skeleton') === null,
  )
  await page.waitForLoadState('networkidle')
}

async function expectOneOfEach(page: Page, watched: Watched, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
  expect(watched.calls.filter((call) => call === '/api/me')).toEqual(['/api/me'])
  expect(watched.calls.filter((call, at) => watched.calls.indexOf(call) !== at)).toEqual([])
  expect(watched.said).toEqual([])
}

async function visitor(platform: Platform, locale: string): Promise<BrowserContext> {
  const { WEOKTO_ORIGIN, STAM_ORIGIN } = site.services.config
  return browser.newContext({ baseURL: platform === 'WEOKTO' ? WEOKTO_ORIGIN : STAM_ORIGIN, locale })
}

describe('what the HTML has the browser ask for is what the program asks for, once', () => {
  test.each(['fr-FR', 'en-GB'])('by a visitor who reads %s', async (locale) => {
    const { button } = await makeOffer(database.db)
    for (const [platform, paths] of [
      ['WEOKTO', ['/', '/how', '/guilds', '/sign-in', '/links']],
      ['STAM', ['/', '/sign-in', `/pay/${button.buttonKey}`]],
    ] as const) {
      const context = await visitor(platform, locale)
      for (const path of paths) {
        const page = await context.newPage()
        const watched = watch(page)
        await expectOneOfEach(page, watched, path)
        await page.close()
      }
      await context.close()
    }
  })

  test('by an affiliate', async () => {
    const { id } = await makeAffiliate(database.db)
    await makeOffer(database.db)
    for (const path of [
      '/',
      '/home',
      '/marketplace',
      '/links',
      '/links?state=paused',
      '/commissions',
      '/ledger',
      '/communities',
      '/account',
    ]) {
      const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: id })
      await expectOneOfEach(page, watch(page), path)
      await page.context().close()
    }
  })

  test('by a client', async () => {
    const [client, { product, plan }] = await Promise.all([makeClient(database.db), makeOffer(database.db)])
    await makeSale(database.db, { productId: product.id, planId: plan.id, stamUserId: client.id, paidAt: new Date() })
    for (const path of ['/', '/account']) {
      const page = await windowOf(browser, site, database, { platform: 'STAM', userId: client.id })
      await expectOneOfEach(page, watch(page), path)
      await page.context().close()
    }
  })
})

test('the outline stands until the page takes its place, and nothing in it is clicked in vain', async () => {
  const context = await visitor('WEOKTO', 'fr-FR')
  const page = await context.newPage()
  let go = (): void => undefined
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route('**/assets/vendor-*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/guilds', { waitUntil: 'commit' })
  await page.getByRole('heading', { level: 1, name: 'Guildes' }).waitFor()
  expect(await page.getByRole('link', { name: 'Se connecter', exact: true }).getAttribute('href')).toBe('/sign-in')
  expect(await page.locator('.ui-skeleton').count()).toBeGreaterThan(0)
  expect(await page.locator('button:enabled').count()).toBe(0)
  go()
  await settled(page)
  expect(await page.locator('button:disabled').count()).toBe(0)
  await context.close()
})

describe.each(['fr-FR', 'en-GB'])('a page that anybody may read, for whoever reads %s', (locale) => {
  test.each([
    ['WEOKTO', '/', 6],
    ['WEOKTO', '/how', 9],
    ['WEOKTO', '/guilds', 1],
    ['STAM', '/', 4],
  ] as const)('%s %s says in its HTML what it says in the end, at the same places', async (platform, path, atLeast) => {
    const context = await visitor(platform, locale)
    const [plain, whole] = await Promise.all([contextWithoutProgram(platform, locale), context.newPage()])
    await Promise.all([plain.goto(path), whole.goto(path)])
    await settled(whole)
    const [drawn, final] = await Promise.all([wordsOf(plain), wordsOf(whole)])
    expect(drawn.length).toBeGreaterThanOrEqual(atLeast)
    expect(drawn.filter((words) => !final.includes(words))).toEqual([])
    const title = (page: Page) => page.getByRole('heading', { level: 1 }).boundingBox()
    expect(await title(plain)).toEqual(await title(whole))
    await Promise.all([context.close(), plain.context().close()])
  })
})

test('pages about commissions show the rules in force, and nothing of any before they are read', async () => {
  const context = await visitor('WEOKTO', 'fr-FR')
  const [plain, page] = [await contextWithoutProgram('WEOKTO', 'fr-FR'), await context.newPage()]
  await database.admin(`insert into policies (version, "validFrom", json, reason) values (2, '2026-01-01', $1, 'test')`, [
    JSON.stringify({ lock: { NEW: { mainPercent: 88, mainLockDays: 7, extendedLockDays: 21 } }, hold: { decideWithinDays: 5 } }),
  ])
  await Promise.all([plain.goto('/how'), page.goto('/how')])
  await settled(page)
  const words = await page.locator('main').innerText()
  for (const told of [/88\s%/, /à 7 jours/, /au bout de 5 jours/, /version 2/]) expect(words).toMatch(told)
  expect(words).not.toMatch(/45 jours/)
  expect(await plain.locator('main').innerText()).not.toMatch(/\d+\s(?:jours|%)/)
  await page.goto('/')
  await settled(page)
  expect(await page.locator('main').innerText()).toMatch(/88\s%/)
  await Promise.all([context.close(), plain.context().close()])
})

describe.each([360, 1440])('an outline has the measures of its page, %i pixels wide', (width) => {
  const viewport = { width, height: 800 }
  const boxIn = (page: Page, selector: string) => page.locator(selector).boundingBox()

  test('where an address leads on, as it is drawn there', async () => {
    const page = await contextWithoutProgram('WEOKTO', 'fr-FR', viewport)
    const url = site.services.config.WEOKTO_ORIGIN
    await page.context().addCookies([{ name: 'session', value: 'a'.repeat(43), url }])
    const [here, there] = [await chartAt(page, '/'), await chartAt(page, '/home')]
    expect(here).toEqual(there)
    await page.context().close()
  })

  test('where there is no page, all of it', async () => {
    const [plain, whole] = [await contextWithoutProgram('STAM', 'fr-FR', viewport), await (await visitor('STAM', 'fr-FR')).newPage()]
    await whole.setViewportSize(viewport)
    await Promise.all([plain.goto('/nowhere'), whole.goto('/nowhere')])
    await settled(whole)
    expect(await wordsOf(plain)).toEqual(await wordsOf(whole))
    expect(await boxIn(plain, 'h1')).toEqual(await boxIn(whole, 'h1'))
    await Promise.all([plain.context().close(), whole.context().close()])
  })

  test('where one pays, the form and the offer beside it', async () => {
    const { button } = await makeOffer(database.db)
    const [plain, whole] = [await contextWithoutProgram('STAM', 'fr-FR', viewport), await (await visitor('STAM', 'fr-FR')).newPage()]
    await whole.setViewportSize(viewport)
    await Promise.all([plain.goto(`/pay/${button.buttonKey}`), whole.goto(`/pay/${button.buttonKey}`)])
    await settled(whole)
    for (const part of ['.checkout-columns > :first-child', '.checkout-columns > :last-child']) {
      const [drawn, final] = [await boxIn(plain, part), await boxIn(whole, part)]
      expect([drawn?.x, drawn?.width]).toEqual([final?.x, final?.width])
    }
    await Promise.all([plain.context().close(), whole.context().close()])
  })
})

async function chartAt(page: Page, path: string) {
  await page.goto(path)
  return page.locator('.ui-skeleton--chart').boundingBox()
}

async function contextWithoutProgram(platform: Platform, locale: string, viewport = { width: 1280, height: 720 }): Promise<Page> {
  const { WEOKTO_ORIGIN, STAM_ORIGIN } = site.services.config
  const baseURL = platform === 'WEOKTO' ? WEOKTO_ORIGIN : STAM_ORIGIN
  return (await browser.newContext({ baseURL, locale, viewport, javaScriptEnabled: false })).newPage()
}

/** The headings, paragraphs and items of a page, in its order. */
const wordsOf = (page: Page): Promise<string[]> => page.locator('main :is(h1, h2, h3, p, ol > li)').allInnerTexts()
