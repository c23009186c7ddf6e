import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { dbError } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { buy } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { testServices } from '#dev/testing/services.ts'
import { startSite, type Site } from '#dev/testing/site.ts'

let t: TestDatabase
let site: Site

beforeAll(async () => {
  t = await testDatabase()
  site = await startSite(t)
})
afterAll(async () => {
  await site.stop()
  await t.close()
})

const FOREIGN = 'http://127.0.0.1:9'

/** Everywhere that the vault was told to report to: what it was handed and what it then sent. */
async function toldOrigins(run: () => Promise<unknown>): Promise<string[]> {
  const handed = vi.spyOn(site.vault.vault.captures, 'set')
  const sent = vi.spyOn(site.vault.sender, 'post')
  await run()
  const urls = [...handed.mock.calls.map(([, { webhook }]) => webhook?.url ?? ''), ...sent.mock.calls.map(([{ url }]) => url)]
  handed.mockRestore()
  sent.mockRestore()
  expect(urls.map((url) => new URL(url).pathname.split('/')[3])).toEqual(['capture', 'capture', 'charge'])
  return [...new Set(urls.map((url) => new URL(url).origin))]
}

async function buttonReporting(origin: string) {
  const { button } = await makeOffer(t.db)
  await t.admin(`insert into webhook_origins values ($1) on conflict do nothing`, [origin])
  await t.admin(`update manual_payment_buttons set "pcivaultWebhookUrl" = $1 where id = $2`, [origin, button.id])
  return button.buttonKey
}

test('a button that names a foreign origin hands out no secret: the vault reports to us, and the row is told of in the log', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const buttonKey = await buttonReporting(FOREIGN)
  const told = await toldOrigins(() => buy(site.stam(), { buttonKey, email: 'foreign@buyers.test' }))
  const lines = log.mock.calls.flat().join('\n')
  log.mockRestore()
  expect(told).toEqual([site.services.config.WEBHOOK_ORIGIN])
  expect(lines).toContain('webhook_origin_foreign')
})

test('a button may name a configured origin', async () => {
  const { WEOKTO_ORIGIN, WEBHOOK_ORIGINS } = site.services.config
  expect(WEBHOOK_ORIGINS).toContain(WEOKTO_ORIGIN)
  const buttonKey = await buttonReporting(WEOKTO_ORIGIN)
  expect(await toldOrigins(() => buy(site.stam(), { buttonKey, email: 'configured@buyers.test' }))).toEqual([WEOKTO_ORIGIN])
})

test('the application can neither list an origin nor set one that is not listed', async () => {
  const { button } = await makeOffer(t.db)
  const refusal = async (statement: ReturnType<typeof sql>) =>
    t.db.execute(statement).then(
      () => 'done',
      (error: unknown) => dbError(error)?.code,
    )
  expect(await refusal(sql`insert into webhook_origins values ('https://evil.example')`)).toBe('42501')
  expect(await refusal(sql`update webhook_origins set origin = 'https://evil.example'`)).toBe('42501')
  expect(await refusal(sql`update manual_payment_buttons set "pcivaultWebhookUrl" = 'https://evil.example' where id = ${button.id}`)).toBe(
    '23503',
  )
})

test('the deployment writes the list; what is no longer configured goes, unless a button still names it', async () => {
  const adminUrl = new URL(inject('adminUrl'))
  adminUrl.pathname = new URL(t.databaseUrl).pathname
  const deploy = (...webhookOrigins: string[]) => migrate({ adminUrl: adminUrl.href, appUrl: t.databaseUrl, webhookOrigins })
  await t.admin(`update manual_payment_buttons set "pcivaultWebhookUrl" = null`)
  await deploy('https://one.example', 'https://two.example')
  const listed = async () =>
    (await t.admin<{ origin: string }>(`select origin from webhook_origins order by 1`)).map(({ origin }) => origin)
  expect(await listed()).toEqual(['https://one.example', 'https://two.example'])
  await buttonReporting('https://two.example')
  await deploy('https://three.example')
  expect(await listed()).toEqual(['https://three.example', 'https://two.example'])
})

test('a list holds bare https origins, or the app does not start', () => {
  const start = (WEBHOOK_ORIGINS: string) => testServices(t, { WEBHOOK_ORIGINS }).config.WEBHOOK_ORIGINS
  const main = 'http://weokto.localhost'
  expect(start('')).toEqual([main])
  expect(start(' https://be-stam.com , http://stam.localhost:8787')).toEqual([main, 'https://be-stam.com', 'http://stam.localhost:8787'])
  for (const wrong of [
    'http://be-stam.com',
    'https://user@be-stam.com',
    'https://be-stam.com/path',
    'https://be-stam.com?x',
    'be-stam.com',
    'https://a.example,'.repeat(2) + 'javascript:1',
  ])
    expect(() => start(wrong)).toThrow('WEBHOOK_ORIGINS')
  expect(() => testServices(t, { WEBHOOK_ORIGIN: 'http://be-stam.com' })).toThrow('WEBHOOK_ORIGIN')
})
