import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { makeAffiliate, makePerson } from '#dev/testing/people.ts'
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

async function world() {
  const [owner, affiliate] = await Promise.all([
    makePerson(database.db, { userType: 'OWNER', displayName: 'Camille' }),
    makeAffiliate(database.db, { displayName: 'Léa Martin' }),
  ])
  const open = async (size?: { width: number; height: number }) => {
    const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id }, size)
    await page.goto(`/admin/affiliates/${affiliate.id}`)
    await page.getByRole('heading', { level: 1, name: 'Léa Martin' }).waitFor()
    return page
  }
  return { owner, affiliate, open }
}

const field = (page: Page) => page.getByLabel('Texte de la note')
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function write(page: Page, text: string, opener = 'Écrire une note') {
  await press(page, opener)
  await field(page).fill(text)
  await press(page, 'Enregistrer')
}

describe('the owner’s note on an affiliate', () => {
  test('is found from the list of people, written, taken away and put back, all by keys as well', async () => {
    const { owner, affiliate } = await world()
    const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id })
    await page.goto(`/admin/people?q=${encodeURIComponent(affiliate.email)}`)
    await page.getByRole('link', { name: affiliate.email }).click()
    await page.getByText('Aucune note pour l’instant.').waitFor()
    await page.getByRole('button', { name: 'Écrire une note' }).press('Enter')
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('<img src=x onerror=alert(1)> & deux')
    await page.keyboard.press('Enter')
    await page.keyboard.type('lignes')
    await page.getByRole('button', { name: 'Enregistrer' }).press('Enter')
    // A text field holds its text as well: only once it is gone is what is found the note.
    await field(page).waitFor({ state: 'detached' })
    const note = page.getByText('<img src=x onerror=alert(1)> & deux')
    await note.waitFor()
    expect(await note.evaluate((element) => (element as HTMLElement).innerText)).toBe('<img src=x onerror=alert(1)> & deux\nlignes')
    await page.getByText(/^Camille, le /).waitFor()
    // Nobody's place is lost: what opened the form has the focus again.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Modifier la note')

    await press(page, 'Supprimer la note')
    await page.getByRole('button', { name: 'Remettre la note' }).press('Enter')
    await note.waitFor()
    await page.reload()
    await note.waitFor()
    await page.context().close()
  })

  test('written in two windows at once: the second is shown the first one’s text and keeps its own', async () => {
    const { open } = await world()
    const [first, second] = await Promise.all([open(), open()])
    await press(second, 'Écrire une note')
    await field(second).fill('Le texte du second')
    await write(first, 'Le texte du premier')
    await field(first).waitFor({ state: 'detached' })
    await first.getByText('Le texte du premier').waitFor()

    await press(second, 'Enregistrer')
    await second.getByText('La note a changé entre-temps').waitFor()
    await second.getByText('Le texte du premier').waitFor()
    expect(await field(second).inputValue()).toBe('Le texte du second')
    await press(second, 'Remplacer par mon texte')
    await second.locator('p', { hasText: 'Le texte du second' }).waitFor()
    await first.reload()
    await first.getByText('Le texte du second').waitFor()
    await Promise.all([first.context().close(), second.context().close()])
  })

  test('refuses what is too long and what holds a card number, and keeps the text', async () => {
    const { open } = await world()
    const page = await open()
    await write(page, 'é'.repeat(1001))
    await page.getByText('Raccourcissez ce texte').waitFor()
    expect(await field(page).getAttribute('aria-invalid')).toBe('true')
    await field(page).fill('Sa carte : 4242 4242 4242 4242')
    await press(page, 'Enregistrer')
    await page.getByRole('alert').filter({ hasText: /carte/ }).waitFor()
    expect(await field(page).inputValue()).toContain('4242')
    await page.context().close()
  })

  test.each([360, 1440])('stands within a page of %i px, in both languages, whatever was typed', async (width) => {
    const { open } = await world()
    const page = await open({ width, height: 800 })
    await write(page, `${'tres-longue-adresse-sans-coupure'.repeat(10)}\n\nDeuxième paragraphe.`)
    await page.getByText('Deuxième paragraphe').waitFor()
    for (const [language, edit] of [
      ['fr', 'Modifier la note'],
      ['en', 'Edit the note'],
    ] as const) {
      await page.context().addCookies([{ name: 'locale', value: language, url: page.url() }])
      await page.reload()
      await page.getByRole('button', { name: edit }).waitFor()
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/note-${width}-${language}.png`, fullPage: true })
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    }
    await page.context().close()
  })
})

test.each(['ADMIN', 'AFFILIATE'] as const)(
  'to %s the page of an affiliate does not open, and the list has no way to it',
  async (userType) => {
    const { affiliate } = await world()
    const person = await makePerson(database.db, { userType })
    const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: person.id })
    await page.goto(`/admin/affiliates/${affiliate.id}`)
    await page.getByRole('heading', { name: 'Cette page ne vous est pas ouverte' }).waitFor()
    if (userType === 'ADMIN') {
      await page.goto(`/admin/people?q=${encodeURIComponent(affiliate.email)}`)
      await page.getByText(affiliate.email).waitFor()
      expect(await page.getByRole('link', { name: affiliate.email }).count()).toBe(0)
    }
    await page.context().close()
  },
)
