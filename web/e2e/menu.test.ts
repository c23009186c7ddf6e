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

async function open(touch = false) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 800 }, locale: 'fr-FR', hasTouch: touch })
  const page = await context.newPage()
  await page.goto(`${server.url}/styleguide`)
  const button = page.getByRole('button', { name: 'Actions' })
  await button.focus()
  return { page, button, menu: page.getByRole('menu', { name: 'Actions' }), close: () => context.close() }
}

const ROUNDS = 50
const WAYS_IN = ['Enter', 'Space', 'ArrowDown']

/** Counts what the toasts say from now on; they leave again by themselves. */
function listen(page: Page) {
  return page.evaluate(() => {
    const said: string[] = []
    Object.assign(globalThis, { said })
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) said.push(node.textContent ?? '')
    }).observe(document.querySelector('.ui-toasts') ?? document.body, { childList: true })
  })
}
const said = (page: Page) => page.evaluate(() => (globalThis as unknown as { said: string[] }).said)
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

describe('no key of a quick person is lost', () => {
  test.each([
    ['on a quick machine', 1],
    ['on one six times slower', 6],
  ])('%s', async (_, slowedBy) => {
    const { page, close } = await open()
    await listen(page)
    const keys = await QuickKeys.on(page, slowedBy)
    // Open, one down, act; what acts gives the focus back to the button, where the next round begins.
    const all = Array.from({ length: ROUNDS }, (__, round) => [WAYS_IN[round % WAYS_IN.length] ?? 'Enter', 'ArrowDown', 'Enter'])
    await keys.press(...all.flat())
    await expect.poll(async () => (await said(page)).length).toBe(ROUNDS)
    expect(new Set(await said(page))).toEqual(new Set(['Copié']))
    await close()
  })
})

describe('the manners of a menu', () => {
  test('Enter, Space and the down arrow open it at its first item, the up arrow at its last', async () => {
    const { page, button, menu, close } = await open()
    expect(await button.getAttribute('aria-haspopup')).toBe('menu')
    for (const [key, first] of [
      ['Enter', 'Modifier'],
      [' ', 'Modifier'],
      ['ArrowDown', 'Modifier'],
      ['ArrowUp', 'Supprimer'],
    ] as const) {
      expect(await button.getAttribute('aria-expanded')).toBe('false')
      await page.keyboard.press(key)
      expect(await focused(page)).toBe(first)
      expect(await button.getAttribute('aria-expanded')).toBe('true')
      await page.keyboard.press('Escape')
      expect(await focused(page)).toBe('Actions')
      await menu.waitFor({ state: 'hidden' })
    }
    await close()
  })

  test('the arrows go round, Home and End go to the ends, letters go to what they name', async () => {
    const { page, close } = await open()
    await page.keyboard.press('Enter')
    for (const [key, at] of [
      ['ArrowUp', 'Supprimer'],
      ['ArrowDown', 'Modifier'],
      ['End', 'Supprimer'],
      ['Home', 'Modifier'],
      ['c', 'Copier'],
      ['i', 'Copier'],
    ] as const) {
      await page.keyboard.press(key)
      expect(await focused(page)).toBe(at)
    }
    await close()
  })

  test('what is disabled can be read and does nothing', async () => {
    const { page, menu, close } = await open()
    await page.keyboard.press('Enter')
    await page.keyboard.press('i')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-disabled'))).toBe('true')
    await page.keyboard.press('Enter')
    await page.keyboard.press(' ')
    await page.getByRole('menuitem', { name: 'Indisponible' }).click({ force: true })
    expect(await focused(page)).toBe('Indisponible')
    expect(await menu.isVisible()).toBe(true)
    await close()
  })

  test('Space acts, once and on one item only', async () => {
    const { page, menu, close } = await open()
    await listen(page)
    await (await QuickKeys.on(page)).press('Space', 'ArrowDown', 'Space')
    await expect.poll(() => said(page)).toEqual(['Copié'])
    expect(await focused(page)).toBe('Actions')
    expect(await menu.isVisible()).toBe(false)
    await close()
  })

  test.each(['Enter', ' '])('%j held down opens and does not act', async (key) => {
    const { page, menu, close } = await open()
    await listen(page)
    for (let pressed = 0; pressed < 5; pressed++) await page.keyboard.down(key)
    await page.keyboard.up(key)
    expect(await menu.isVisible()).toBe(true)
    expect(await focused(page)).toBe('Modifier')
    expect(await said(page)).toEqual([])
    await close()
  })

  test('Tab leaves it for what follows its button, and back for what stands before it', async () => {
    const { page, menu, close } = await open()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await menu.isVisible()).toBe(false)
    expect(await focused(page)).toBe('Résumé')
    await page.keyboard.press('Shift+Tab')
    expect(await focused(page)).toBe('Actions')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+Tab')
    expect(await menu.isVisible()).toBe(false)
    expect(await focused(page)).toBe('Confirmer un montant')
    await close()
  })

  test('a press beside it or on its button closes it', async () => {
    const { page, button, menu, close } = await open()
    await button.click()
    expect(await focused(page)).toBe('Modifier')
    await button.click()
    expect(await menu.isVisible()).toBe(false)
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    await button.click()
    await page.getByRole('heading', { level: 1 }).click()
    await menu.waitFor({ state: 'hidden' })
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    await close()
  })

  test('a finger opens it, acts and closes it', async () => {
    const { page, button, menu, close } = await open(true)
    await listen(page)
    await button.tap()
    await page.getByRole('menuitem', { name: 'Copier' }).tap()
    await expect.poll(() => said(page)).toEqual(['Copié'])
    expect(await menu.isVisible()).toBe(false)
    await button.tap()
    await page.getByRole('heading', { level: 1 }).tap()
    await menu.waitFor({ state: 'hidden' })
    await close()
  })

  test('near an edge it stays wholly in the window', async () => {
    const { page, button, menu, close } = await open()
    await page.setViewportSize({ width: 360, height: 500 })
    await button.evaluate((element) => element.scrollIntoView({ block: 'end' }))
    await button.click()
    const box = await menu.boundingBox()
    expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 360 && box.y + box.height <= 500).toBe(true)
    await close()
  })
})
