import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { request } from '#dev/http-client.ts'
import { startDeno, type DenoEdge } from './deno.ts'

const folder = mkdtempSync(join(tmpdir(), 'weokto-deno-'))
let t: TestDatabase
let edge: DenoEdge
beforeAll(async () => {
  t = await testDatabase()
  edge = await startDeno({ ...t, folder, environment: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(async () => {
  await edge.stop()
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

test('Deno serves the same app for both hosts and refuses a stranger', async () => {
  const statuses = await Promise.all(
    [edge.weokto, edge.stam, edge.weokto.replace('weokto.', 'other.')].map(async (origin) => (await request(`${origin}/api/me`)).status),
  )
  expect(statuses).toEqual([200, 200, 421])
})

test('a schedule runs by a command', async () => {
  await edge.fire('*/5 * * * *')
  const heartbeats = await t.admin<{ ok: boolean }>('SELECT ok FROM heartbeats WHERE "startedAt" IS NOT NULL')
  expect(heartbeats.length).toBeGreaterThan(0)
  expect(heartbeats.every((heartbeat) => heartbeat.ok)).toBe(true)
  const headers = { authorization: `Bearer ${edge.environment['MONITOR_TOKEN']}` }
  expect((await request(`${edge.weokto}/api/health/deep`, { headers })).status).toBe(200)
})

test('whoever comes through a trusted proxy is counted by the address that the proxy names, not by the proxy’s', async () => {
  // More than twice the limit of a minute, so that one minute has more than it even when another one begins meanwhile.
  const statusesOf = (addressOf: (n: number) => string) =>
    Promise.all(
      Array.from({ length: 260 }, async (_, n) => {
        const headers = { cookie: `session=${'x'.repeat(43)}`, 'x-forwarded-for': addressOf(n) }
        return (await request(`${edge.stam}/api/me`, { headers })).status
      }),
    )
  expect(new Set(await statusesOf((n) => `198.51.100.9, 203.0.${n % 256}.7`))).toEqual(new Set([200]))
  expect(new Set(await statusesOf(() => '198.51.100.9'))).toEqual(new Set([200, 429]))
})
