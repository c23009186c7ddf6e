import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '#dev/environment/chromium.ts'
import { builtSite } from './built-site.ts'
import { staticSite } from './static-site.ts'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    axe: { run: () => Promise<AxeResults> }
  }
}

let site: Awaited<ReturnType<typeof builtSite>>
let browser: Browser
beforeAll(async () => {
  site = await builtSite()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await site.remove()
})

async function open(url: string, width: number, locale: string) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(url, { waitUntil: 'networkidle' })
  // A quiet network is not yet a drawn page.
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, problems, close: () => context.close() }
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const results = await page.evaluate(() => window.axe.run())
  return results.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)
}

describe.each(['weokto', 'stam'] as const)('%s', (name) => {
  let server: Awaited<ReturnType<typeof staticSite>>
  beforeAll(async () => {
    server = await staticSite(site.outDir, name)
  })
  afterAll(() => server.close())

  test.each([
    [360, 'fr-FR'],
    [360, 'en-GB'],
    [1440, 'fr-FR'],
    [1440, 'en-GB'],
  ])('the style guide at %i px in %s is accessible and stays within the window', async (width, locale) => {
    const { page, problems, close } = await open(`${server.url}/styleguide`, width, locale)
    expect(await page.getAttribute('html', 'lang')).toBe(locale.slice(0, 2))
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  test('the language is chosen at once and remembered', async () => {
    const { page, close } = await open(`${server.url}/styleguide`, 1440, 'fr-FR')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Style guide' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Style guide' }).waitFor()
    expect(await page.title()).toContain('Style guide')
    await close()
  })

  test('a dialog takes the focus, closes on Escape and gives it back', async () => {
    const { page, close } = await open(`${server.url}/styleguide`, 1440, 'fr-FR')
    const opener = page.getByRole('button', { name: 'Confirmer un montant' })
    await opener.click()
    const dialog = page.getByRole('dialog', { name: 'Confirmer ce retrait' })
    await dialog.waitFor()
    expect(await violations(page)).toEqual([])
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
    await close()
  })

  test('a menu is walked with the arrows and acts on Enter', async () => {
    const { page, close } = await open(`${server.url}/styleguide`, 1440, 'fr-FR')
    await page.getByRole('button', { name: 'Actions' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copier')
    await page.keyboard.press('Enter')
    await page.getByText('Copié', { exact: true }).waitFor()
    await close()
  })

  test('a table keeps its state in the address and finds it again after a reload', async () => {
    const { page, close } = await open(`${server.url}/styleguide?status=held&sort=-cents`, 1440, 'fr-FR')
    const rows = page.locator('#table tbody tr')
    expect(await rows.count()).toBe(4)
    await page.getByRole('button', { name: 'Montant', exact: true }).click()
    await page.waitForURL(/sort=cents/)
    expect(new URL(page.url()).searchParams.get('status')).toBe('held')
    await page.reload()
    await expect.poll(() => page.locator('th[aria-sort="ascending"]').textContent()).toContain('Montant')
    await close()
  })

  test('a pasted code fills the six boxes whatever stands around it', async () => {
    const { page, close } = await open(`${server.url}/styleguide`, 360, 'fr-FR')
    const code = page.getByLabel('Code à 6 chiffres')
    await code.fill('')
    await code.evaluate((input) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text', 'Votre code : 123 456.')
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    expect(await code.inputValue()).toBe('123456')
    await close()
  })
})
