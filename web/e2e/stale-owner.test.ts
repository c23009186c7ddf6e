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
