import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '#dev/environment/chromium.ts'
import { builtSite } from './built-site.ts'
import { staticSite } from './static-site.ts'

let site: Awaited<ReturnType<typeof builtSite>>
let server: Awaited<ReturnType<typeof staticSite>>
let browser: Browser
beforeAll(async () => {
  site = await builtSite()
  server = await staticSite(site.outDir, 'stam')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  server.close()
  await site.remove()
})

async function open(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage(options)
  await page.goto(server.url + path, { waitUntil: 'load' })
  return page
}

const BUTTON = '[data-weokto-button="atelier-levain-annuel"]'

test('a payment button leads to the checkout of its key and carries the click token', async () => {
  const page = await open('/l/atelier-levain?ck=header.claims.signature&utm_source=x')
  await expect.poll(() => page.getAttribute(BUTTON, 'href')).toBe(`${server.url}/pay/atelier-levain-annuel?ck=header.claims.signature`)
  await page.close()
})

test('links of the same site carry it on; places in the page and other sites do not get it', async () => {
  const page = await open('/l/atelier-levain?ck=t0ken')
  await page.evaluate(() => {
    const other = document.createElement('a')
    other.id = 'other'
    other.href = 'https://example.com/'
    other.textContent = 'x'
    document.body.append(other)
  })
  await page.focus('#other')
  expect(await page.getAttribute('#other', 'href')).toBe('https://example.com/')
  expect(await page.getAttribute('.top a', 'href')).toBe('#formules')
  await expect.poll(() => page.getAttribute('.foot a[href*="sign-in"]', 'href')).toBe(`${server.url}/sign-in?ck=t0ken`)
  await page.close()
})

test('a button added later is put right when somebody reaches for it', async () => {
  const page = await open('/l/atelier-levain?ck=t0ken')
  await page.evaluate(() => {
    const late = document.createElement('a')
    late.dataset['weoktoButton'] = 'late-key'
    late.href = '#'
    late.id = 'late'
    late.textContent = 'x'
    document.body.append(late)
  })
  await page.focus('#late')
  expect(await page.getAttribute('#late', 'href')).toBe(`${server.url}/pay/late-key?ck=t0ken`)
  await page.close()
})

test('nothing is written on the device', async () => {
  const page = await open('/l/atelier-levain?ck=t0ken')
  expect(await page.context().cookies()).toEqual([])
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  await page.close()
})

test('without JavaScript the plain address works', async () => {
  const page = await open('/l/atelier-levain?ck=t0ken', { javaScriptEnabled: false })
  expect(await page.getAttribute(BUTTON, 'href')).toBe('/pay/atelier-levain-annuel')
  await page.close()
})
