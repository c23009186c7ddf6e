import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS, ledgerWorld, type LedgerWorld } from '#db/ledger/testing.ts'
import { affiliateDailyStats } from '#db/schema/all.ts'
import { parisDay } from '#domain/base/paris.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { makeLink, makePerson } from '#dev/testing/people.ts'
import type { Site } from '#dev/testing/site.ts'
import { builtSite } from './built-site.ts'
import { startPagesSite, windowOf } from './pages-site.ts'

let w: LedgerWorld
let built: Awaited<ReturnType<typeof builtSite>>
let site: Site
let browser: Browser
let affiliate: string
let owner: string

const ago = (days: number) => new Date(Date.now() - days * DAY_MS)

beforeAll(async () => {
  ;[w, built, browser] = await Promise.all([ledgerWorld(), builtSite(), launchChromium()])
  site = await startPagesSite(w.http, built.outDir)
  const { db } = site.services
  owner = (await makePerson(db, { userType: 'OWNER' })).id
  affiliate = await w.affiliate()
  await w.admin(`UPDATE weokto_users SET "userType" = 'AFFILIATE' WHERE id = $1`, [affiliate])
  const earn = (main: number, extended: number, days: number, held = false) =>
    w.earn({ affiliateId: affiliate, main, extended, earnedAt: ago(days), held })
  const old = await earn(9_790, 2_450, 50)
  await w.mature(ago(5))
  await earn(979, 245, 10)
  await earn(1_000, 300, 9, true)
  await w.withdraw(affiliate, 5_000, ago(4))
  await w.refund(old, 1_000, ago(3))
  const archived = await makeLink(db, { affiliateId: affiliate, productId: 'product', label: 'Ancienne bio', archivedAt: ago(2) })
  await db.insert(affiliateDailyStats).values({
    affiliateId: affiliate,
    linkId: archived.id,
    productId: 'product',
    day: parisDay(ago(8)),
    grossClicks: 321,
    uniqueClicks: 200,
    filteredClicks: 12,
    salesCount: 3,
    salesCents: 14_700,
    commissionCents: 2_524,
  })
})
afterAll(() => Promise.all([browser.close(), site.stop().then(() => w.close()), built.remove()]))

async function open(userId: string, path: string): Promise<Page> {
  const page = await windowOf(browser, site, site.services, { platform: 'WEOKTO', userId }, { width: 360, height: 740 })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const figure = (page: Page, label: string) => page.locator('a.ui-stat', { hasText: label })
const amountOf = (page: Page, label: string) => figure(page, label).locator('.ui-stat__figure').textContent()
const isWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

describe('on a phone, a figure opens what it sums', () => {
  test.each([
    ['Bloqué, part étendue', '16,95'],
    ['En attente d’une décision', '13,00'],
  ])('%s, and the filter that it came with can be taken off', async (label, amount) => {
    const page = await open(affiliate, '/home')
    expect(await amountOf(page, label)).toContain(amount)
    await figure(page, label).click()
    const chip = page.getByRole('button', { name: `Retirer le filtre : ${label}` })
    await chip.waitFor()
    await expect.poll(() => page.locator('.wk-sums').textContent()).toContain(amount)
    expect(await isWide(page)).toBe(false)
    await chip.click()
    await chip.waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).not.toContain('waits')
    await expect.poll(() => page.locator('.wk-sums').textContent()).toMatch(/^3 commissions/)
    await page.context().close()
  })

  test('clicks show the links of those days, an archived one too', async () => {
    const page = await open(affiliate, '/home')
    expect(await amountOf(page, 'Clics bruts')).toBe('321')
    await figure(page, 'Clics bruts').click()
    await page.getByRole('heading', { name: 'Ancienne bio' }).waitFor()
    expect(await page.locator('.link-card').count()).toBe(1)
    await page.getByRole('button', { name: /^Retirer le filtre : Clics et ventes/ }).click()
    await page.getByRole('heading', { name: 'Ancienne bio' }).waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('what is in withdrawal stands in the ledger, both of its accounts', async () => {
    const page = await open(affiliate, '/home')
    expect(await amountOf(page, 'En retrait')).toContain('50,00')
    await figure(page, 'En retrait').click()
    await page.locator('.ledger__item').first().waitFor()
    expect(await page.getByLabel('Compte', { exact: true }).inputValue()).toBe('IN_WITHDRAWAL')
    expect(await page.locator('.ledger__item').count()).toBe(1)
    await page.context().close()
  })

  test('the owner’s revenue opens the sales of the same days, what is owed its parts below', async () => {
    const page = await open(owner, '/admin')
    const amount = (await amountOf(page, 'Encaissé, 30 jours')) ?? ''
    expect(amount).toContain('25,24')
    await figure(page, 'Encaissé, 30 jours').click()
    await page.getByRole('button', { name: /^Retirer le filtre : Payées/ }).waitFor()
    await expect.poll(() => page.locator('.wk-sums').textContent()).toContain(amount)
    expect(await isWide(page)).toBe(false)
    await page.goBack()
    await figure(page, 'Remboursé').click()
    await expect.poll(() => page.locator('.wk-sums').textContent()).toMatch(/^1 facture .* remboursé 10,00/)
    await page.goBack()
    await figure(page, 'Dû aux affiliés').click()
    await expect.poll(() => page.locator('#owed').evaluate((card) => Math.round(card.getBoundingClientRect().top))).toBeLessThan(740)
    expect(await page.locator('.wk-figures div.ui-stat').count()).toBe(2)
    await page.context().close()
  })
})
