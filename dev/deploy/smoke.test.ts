import { afterEach, beforeEach, expect, test } from 'vitest'
import { newAccount, upload, type Account } from '#dev/stand-ins/cloudflare/account.ts'
import { startSites, well, type RunningSites } from '#dev/stand-ins/cloudflare/sites.ts'
import { json } from '#dev/stand-ins/shared/serve.ts'
import { smokeTest } from './smoke.ts'

let account: Account
let sites: RunningSites
let [old, fresh] = ['', '']
beforeEach(async () => {
  account = newAccount('weokto-stam')
  old = account.versions[0] ?? ''
  fresh = upload(account)
  account.deployments.push([
    { version_id: fresh, percentage: 0 },
    { version_id: old, percentage: 100 },
  ])
  sites = await startSites(account)
})
afterEach(() => sites.stop())

const ask = (worker = 'weokto-stam') => smokeTest({ worker, version: fresh, origins: [sites.url], betweenMs: 1 })

test('a version that answers well passes, and the others are not asked', async () => {
  expect(await ask()).toBeNull()
  expect(new Set(sites.answered.map(([version]) => version))).toEqual(new Set([fresh]))
})

test.each([
  ['/api/health answered 503', '/api/health', json(503, { ok: false })],
  ['/api/me answered 500', '/api/me', json(500, {})],
  ['/ answered 200 and is no page of ours', '/', { status: 200, body: 'Hello' }],
  ['/ answered 404 and is no page of ours', '/', { status: 404, body: '<div id="app">' }],
  ['/ names no script', '/', { status: 200, body: '<div id="app">' }],
  ['/assets/main-1.js answered 404', '/assets/main-1.js', { status: 404 }],
])('a version is refused when %s', async (wrong, at, told) => {
  sites.versions.set(fresh, (path) => (path === at ? told : well(fresh)(path)))
  expect(await ask()).toBe(sites.url + wrong)
})

test('what another version answered proves nothing: the header named another Worker, or a version that is not deployed', async () => {
  expect(await ask('weokto')).toBe(`${sites.url}/api/health was answered by another version`)
  account.deployments.push([{ version_id: old, percentage: 100 }])
  expect(await ask()).toBe(`${sites.url}/api/health was answered by another version`)
})

test('a deployment that is not known everywhere yet is waited for', async () => {
  let asked = 0
  sites.versions.set(fresh, (path) => well((asked += 1) < 3 ? old : fresh)(path))
  expect(await ask()).toBeNull()
})

test('a host that nobody answers at is named', async () => {
  await sites.stop()
  expect(await ask()).toBe(`${sites.url}/api/health answered 0`)
})
