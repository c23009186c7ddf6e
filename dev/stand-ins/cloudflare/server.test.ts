import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { current, upload } from './account.ts'
import { ACCOUNT, startCloudflare, TOKEN, type RunningCloudflare } from './server.ts'

let cloudflare: RunningCloudflare
beforeAll(async () => {
  cloudflare = await startCloudflare()
})
afterAll(() => cloudflare.stop())

const OWN = `/accounts/${ACCOUNT}/workers/scripts/weokto-stam`

/** The status and Cloudflare's own code of a refusal. `fetch` would not send another Host. */
async function ask(method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const asked = request(cloudflare.url + path, { method, headers: { authorization: `Bearer ${TOKEN}`, ...headers } })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const { errors } = JSON.parse(await text(response)) as { errors: { code: number }[] }
  return [response.statusCode ?? 0, errors[0]?.code]
}

const deploy = (versions: unknown) => ask('POST', `${OWN}/deployments`, JSON.stringify({ strategy: 'percentage', versions }))

test('speaks with this machine alone, and with nobody who calls it by another name', async () => {
  expect((await ask('GET', `${OWN}/secrets`))[0]).toBe(200)
  for (const host of ['weokto.example', 'localhost', '127.0.0.1'])
    expect([host, ...(await ask('GET', `${OWN}/secrets`, '', { host }))]).toEqual([host, 421, 1000])
  const outside = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
  )
  for (const { address } of outside) await expect(fetch(cloudflare.url.replace('127.0.0.1', address))).rejects.toThrow('fetch failed')
})

test('refuses a wrong token, somebody else’s account and a path that Cloudflare does not have', async () => {
  expect(await ask('GET', `${OWN}/secrets`, '', { authorization: 'Bearer other' })).toEqual([403, 10000])
  expect(await ask('GET', `${OWN.replace(ACCOUNT, 'f'.repeat(32))}/secrets`)).toEqual([404, 7003])
  expect(await ask('GET', `${OWN}/nothing`)).toEqual([404, 7003])
  expect(await ask('GET', OWN.replace('weokto-stam', 'other') + '/secrets')).toEqual([404, 7003])
})

test('deploys one or two versions that it has, which share a hundred per cent', async () => {
  const [old = ''] = cloudflare.versions
  const fresh = upload(cloudflare)
  const before = current(cloudflare)
  for (const wrong of [
    [],
    [{ version_id: fresh, percentage: 0 }],
    [{ version_id: fresh, percentage: 101 }],
    [
      { version_id: fresh, percentage: 50 },
      { version_id: old, percentage: 51 },
    ],
    [old, fresh, old].map((version_id, at) => ({ version_id, percentage: at === 0 ? 100 : 0 })),
  ])
    expect(await deploy(wrong)).toEqual([400, 10021])
  expect(await deploy([{ version_id: crypto.randomUUID(), percentage: 100 }])).toEqual([404, 10204])
  expect(await ask('POST', `${OWN}/deployments`, 'no json')).toEqual([400, 10021])
  expect(current(cloudflare)).toEqual(before)
  const shares = [
    { version_id: fresh, percentage: 0 },
    { version_id: old, percentage: 100 },
  ]
  expect([await deploy(shares), current(cloudflare)]).toEqual([[200, undefined], shares])
})

test('makes a namespace once, and only with a title', async () => {
  const make = (body: string) => ask('POST', `/accounts/${ACCOUNT}/storage/kv/namespaces`, body)
  expect(await make('{"title":"another"}')).toEqual([200, undefined])
  for (const wrong of ['{"title":"another"}', '{}', 'no json']) expect(await make(wrong)).toEqual([400, 10014])
  expect(cloudflare.namespaces).toEqual(['weokto-stam-cache', 'another'])
})

test('takes no change of a class with a version, and has nothing to show of a Worker that is not there', async () => {
  const before = cloudflare.versions.length
  expect(await ask('POST', `${OWN}/versions`, '{"migrations":{"new_tag":"v2"}}')).toEqual([400, 10211])
  expect(cloudflare.versions).toHaveLength(before)
  cloudflare.secrets = null
  for (const path of ['/secrets', '/deployments', '/versions'])
    expect([path, ...(await ask('GET', OWN + path))]).toEqual([path, 404, 10007])
})
