import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { makePerson } from '#dev/testing/people.ts'
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

test('whoever is in may prove who they are again where a refusal sends them, and is led on otherwise', async () => {
  const owner = await makePerson(database.db, { userType: 'OWNER' })
  const page = await windowOf(browser, site, database, { platform: 'WEOKTO', userId: owner.id })
  await page.goto('/sign-in?next=%2Fadmin&again=yes')
  await page.getByRole('textbox').waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.goto('/sign-in?next=%2Fadmin')
  await page.waitForURL('**/admin')
})

test.each([1440, 360])(
  'whoever is stale is led from their account to the sign-in and back, and whoever is fresh ends the others, at %i px',
  async (width) => {
    const owner = await makePerson(database.db, { userType: 'OWNER' })
    const who = { platform: 'WEOKTO', userId: owner.id } as const
    const [page, elsewhere] = [
      await windowOf(browser, site, database, who, { width, height: 800 }),
      await windowOf(browser, site, database, who),
    ]
    const since = (minutes: number) =>
      database.admin(`update weokto_sessions set "authenticatedAt" = now() - make_interval(mins => $1) where "userId" = $2`, [
        minutes,
        owner.id,
      ])
    await since(16)
    await page.goto('/account')
    const end = page.getByRole('button', { name: 'Fermer toutes les autres sessions' })
    await end.click()
    const way = page.getByRole('main').getByRole('link', { name: 'Se connecter' })
    expect(await way.getAttribute('href')).toBe('/sign-in?next=%2Faccount&again=yes')
    await since(1)
    await end.click()
    await page.getByText('Toutes les autres sessions sont fermées.').waitFor()
    await end.waitFor({ state: 'detached' })
    await elsewhere.goto('/account')
    await elsewhere.waitForURL('**/sign-in?*')
  },
)
