import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { writeCursor } from '#api/list-cursor.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { makeClient, makeOffer, makePerson, makeSale } from '#dev/testing/people.ts'
import type { Site } from '#dev/testing/site.ts'
import { builtSite } from './built-site.ts'
import { startPagesSite, windowOf } from './pages-site.ts'

let database: TestDatabase
let built: Awaited<ReturnType<typeof builtSite>>
let site: Site
let browser: Browser
let owner: Awaited<ReturnType<typeof makePerson>>
const SALES = 60

beforeAll(async () => {
  ;[database, built, browser] = await Promise.all([testDatabase(), builtSite(), launchChromium()])
  site = await startPagesSite(database, built.outDir)
  const { db } = database
  owner = await makePerson(db, { userType: 'OWNER' })
  const { product, plan } = await makeOffer(db)
  // One at each hour, each a cent dearer than the one before.
  await Promise.all(
    Array.from({ length: SALES }, async (_, n) => {
      const { id: stamUserId } = await makeClient(db)
      const paidAt = new Date(Date.UTC(2026, 5, 1, n))
      await makeSale(db, { productId: product.id, planId: plan.id, stamUserId, paidAt, amountIncludingTax: 10_001 + n })
    }),
  )
})
afterAll(() => Promise.all([browser.close(), site.stop().then(() => database.close()), built.remove()]))

async function open(path: string): Promise<Page> {
  const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const range = (page: Page) => page.locator('.ui-pager').textContent()
const firstAmount = (page: Page) => page.locator('tbody tr').first().locator('td').last().textContent()

describe('a list of many pages', () => {
  test('goes on and back with the rows it showed, in the address, and back again by the browser', async () => {
    const page = await open('/admin/sales')
    await expect.poll(() => range(page)).toMatch(/^1 à 25 sur 60/)
    const next = page.getByRole('button', { name: 'Page suivante' })
    await next.click()
    await expect.poll(() => range(page)).toMatch(/^26 à 50 sur 60/)
    expect(await firstAmount(page)).toMatch(/^100,35/)
    const there = page.url()
    await next.click()
    await expect.poll(() => range(page)).toMatch(/^51 à 60 sur 60/)
    expect(await next.getAttribute('aria-disabled')).toBe('true')
    expect(await next.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.getByRole('button', { name: 'Page précédente' }).click()
    await expect.poll(() => range(page)).toMatch(/^26 à 50 sur 60/)
    await page.goBack()
    await expect.poll(() => range(page)).toMatch(/^51 à 60 sur 60/)
    await page.goBack()
    await expect.poll(() => page.url()).toBe(there)
    await page.reload()
    await expect.poll(() => range(page)).toMatch(/^26 à 50 sur 60/)
    await page.context().close()
  })

  test('begins anew when it is sorted otherwise', async () => {
    const page = await open('/admin/sales')
    await page.getByRole('button', { name: 'Page suivante' }).click()
    await expect.poll(() => range(page)).toMatch(/^26 à 50/)
    await page.getByRole('button', { name: 'TTC' }).click()
    await expect.poll(() => range(page)).toMatch(/^1 à 25/)
    expect(await firstAmount(page)).toMatch(/^100,01/)
    expect(new URL(page.url()).search).toBe('?sort=amountCents')
    await page.context().close()
  })
})

describe('an address that leads nowhere in a list', () => {
  const gone = writeCursor(ALL_INVOICES_ORDER, '-datedAt', { value: new Date('2001-01-01T00:00:00Z'), id: 'a'.repeat(24) })
  test.each([
    ['/admin/sales', `?after=${gone}`],
    ['/admin/sales', '?after=x'],
    ['/admin/people', '?before=%22%3Cscript%3E'],
    ['/admin/products', `?after=${gone}`],
    ['/admin/commissions', `?after=${gone}&before=${gone}`],
    ['/commissions', `?sort=totalCents&after=${gone}`],
  ])('%s%s says so and leads to the beginning', async (path, search) => {
    const page = await open(path + search)
    await page.getByText('Il n’y a rien à cet endroit de la liste').waitFor()
    await page.getByRole('button', { name: 'Revenir au début' }).click()
    await page.getByText('Il n’y a rien à cet endroit de la liste').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).not.toMatch(/after|before/)
    await page.context().close()
  })
})
