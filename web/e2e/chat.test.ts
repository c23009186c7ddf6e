import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { postMessage } from '#api/community/message/post-message.ts'
import { ChatWorld, type Person } from '#api/community/testing.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { ROOM_HOSTS, startTestRooms, type TestRooms } from '#dev/testing/rooms.ts'
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
  ;[database, built, browser] = await Promise.all([testDatabase(), builtSite(), launchChromium()])
})
afterAll(() => Promise.all([browser.close(), database.close(), built.remove()]))

const say = (who: Person, channelId: string, content: string) =>
  postMessage({ ...who.ctx, now: new Date() }, { channelId, content, clientId: newId() })

async function openChannel(person: Person, path: string, size?: { width: number; height: number }): Promise<Page> {
  const page = await windowOf(browser, site, database, { platform: 'STAM', userId: person.userId }, size)
  await page.goto(path)
  await page.getByRole('textbox').waitFor()
  return page
}

async function place() {
  const slug = `cercle-${newId().slice(0, 8)}`
  const communityId = await world.community('STAM', { name: 'Cercle Lumière', slug })
  const channelId = await world.channel(communityId, { name: 'Général', slug: 'general', description: 'On se parle ici' })
  const [ana, bo] = [
    await world.member(communityId, { values: { displayName: 'Ana Petit' } }),
    await world.member(communityId, { values: { displayName: 'Bo Martin' } }),
  ]
  return { channelId, path: `/c/${slug}/general`, ana, bo }
}

const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
}
const shows = (page: Page, text: string) =>
  page
    .getByRole('list', { name: /Messages de/ })
    .getByText(text, { exact: true })
    .waitFor()

describe.each(ROOM_HOSTS)('a channel in the browser, its room on %s', (on) => {
  beforeAll(async () => {
    rooms = await startTestRooms(on)
    site = await startChatSite(database, rooms, built.outDir)
    world = new ChatWorld(database, rooms)
  })
  afterAll(() => Promise.all([site.stop(), rooms.close()]))

  test('a message reaches a second window, is spoken once, and stays after a reload', async () => {
    const { path, ana, bo } = await place()
    const [hers, his] = await Promise.all([openChannel(ana, path), openChannel(bo, path)])
    await hers.getByText('2 en ligne').waitFor()
    await write(hers, 'Bonjour **Bo** <b>')
    await shows(his, 'Bonjour Bo <b>')
    const spoken = await his.getByRole('log').locator('p').allTextContents()
    expect(spoken.map((words) => words.replaceAll(/\s/g, ' '))).toEqual(['Ana Petit : Bonjour Bo <b>'])
    expect(await hers.getByRole('log').locator('p').count()).toBe(0)
    await his.reload()
    await his.getByRole('textbox').waitFor()
    await shows(his, 'Bonjour Bo <b>')
    expect(await his.getByRole('log').locator('p').count()).toBe(0)
  })

  test('what is written without a connection waits, survives a reload and arrives once', async () => {
    const { path, ana, bo } = await place()
    const [hers, his] = await Promise.all([openChannel(ana, path), openChannel(bo, path)])
    await hers.route('**/api/channels/*/messages', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()))
    await write(hers, 'Depuis le train')
    await hers.getByText('Envoi…').waitFor()
    await hers.reload()
    await hers.getByText('Depuis le train').waitFor()
    await hers.unroute('**/api/channels/*/messages')
    await shows(his, 'Depuis le train')
    await hers.getByText('Envoi…').waitFor({ state: 'detached' })
    expect(await hers.getByText('Depuis le train').count()).toBe(1)
  })

  test('history loads on top without moving what one reads, and what arrives below is counted', async () => {
    const { channelId, path, ana, bo } = await place()
    for (let n = 1; n <= 120; n++) await say(bo, channelId, `Message numéro ${n}`)
    const page = await openChannel(ana, path, { width: 360, height: 740 })
    const list = page.getByRole('list', { name: /Messages de/ })
    await shows(page, 'Message numéro 120')
    const anchor = page.getByText('Message numéro 75', { exact: true })
    await anchor.evaluate((row) => row.scrollIntoView({ block: 'start' }))
    const before = (await anchor.boundingBox())?.y ?? 0
    await page.getByText('Message numéro 25', { exact: true }).waitFor({ state: 'attached' })
    expect(Math.abs(((await anchor.boundingBox())?.y ?? 0) - before)).toBeLessThan(2)
    await say(bo, channelId, 'Tout neuf')
    await page.getByRole('button', { name: '1 nouveau message' }).click()
    await shows(page, 'Tout neuf')
    expect(await list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)).toBeLessThan(2)
  })
})
