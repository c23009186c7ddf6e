import { afterAll, beforeAll, expect, test } from 'vitest'
import { current, neverDeployed, upload } from '#dev/stand-ins/cloudflare/account.ts'
import { ACCOUNT, startCloudflare, TOKEN, type RunningCloudflare } from '#dev/stand-ins/cloudflare/server.ts'
import { startSites, type RunningSites } from '#dev/stand-ins/cloudflare/sites.ts'
import { json } from '#dev/stand-ins/shared/serve.ts'
import { releaseVersion, releaseWhole, type Release } from './release.ts'
import { targetOf } from './target.ts'
import { liveVersion, uploadVersion } from './versions.ts'
import { writeWorkerConfig } from './worker-config.ts'

const WORKER = '/workers/scripts/weokto-stam'

let cloudflare: RunningCloudflare
let sites: RunningSites
let release: Release
let [old, fresh] = ['', '']

/** Where wrangler is sent for this account. */
function releaseOf(account: RunningCloudflare, ...words: string[]): Release {
  const prefix = words.map((word) => `${word}.`).join('')
  const env = {
    ...process.env,
    CLOUDFLARE_API_TOKEN: TOKEN,
    CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
    CLOUDFLARE_API_BASE_URL: account.url,
    WEOKTO_DOMAIN: `${prefix}weokto.example`,
    STAM_DOMAIN: `${prefix}be-stam.example`,
  }
  const { file: configFile, worker } = writeWorkerConfig(targetOf(words), env)
  return { env, configFile, worker, origins: [sites.url], betweenMs: 1 }
}

beforeAll(async () => {
  cloudflare = await startCloudflare()
  sites = await startSites(cloudflare)
  release = releaseOf(cloudflare)
  fresh = (await uploadVersion(release.env, release.configFile)) ?? ''
  old = await live()
  await releaseVersion(release, old, fresh)
}, 240_000)
afterAll(() => Promise.all([cloudflare.stop(), sites.stop()]))

const heard = (account = cloudflare) => account.heard.map(({ what }) => what)
const bodyOf = (what: string, account = cloudflare): string => account.heard.find((one) => one.what === what)?.body ?? ''
const live = () => liveVersion(release.env, release.configFile)

test('a version is uploaded, answers who names it, is asked for what visitors ask first, and then answers everybody', () => {
  const all = heard()
  const order = [`POST ${WORKER}/assets-upload-session`, `POST ${WORKER}/versions`, `POST ${WORKER}/deployments`]
  expect(all.filter((what) => order.includes(what))).toEqual([...order, order[2]])
  expect(cloudflare.deployments.slice(0, 3)).toEqual([
    [{ version_id: old, percentage: 100 }],
    [
      { version_id: fresh, percentage: 0 },
      { version_id: old, percentage: 100 },
    ],
    [{ version_id: fresh, percentage: 100 }],
  ])
  expect(sites.answered.slice(0, 4)).toEqual(['/api/health', '/api/me', '/', '/assets/main-1.js'].map((path) => [fresh, path]))
  expect(new Set(cloudflare.heard.map(({ token }) => token))).toEqual(new Set([TOKEN]))
})

test('hosts, schedules and what reads the queues follow last: they belong to no version', () => {
  const all = heard()
  const deployed = all.lastIndexOf(`POST ${WORKER}/deployments`)
  const consumers = ['clicks', 'clicks-dead', 'mails', 'mails-dead'].map((queue) => `POST /queues/${queue}/consumers`)
  for (const later of [`PUT ${WORKER}/schedules`, `PUT ${WORKER}/domains/records`, ...consumers])
    expect([later, all.indexOf(later) > deployed]).toEqual([later, true])
  expect(JSON.parse(bodyOf('POST /queues/clicks/consumers'))).toMatchObject({
    dead_letter_queue: 'clicks-dead',
    settings: { max_retries: 10, retry_delay: 30, max_concurrency: 4 },
  })
})

test('both sites and their www names are the Worker’s, and nothing else is', () => {
  const { origins } = JSON.parse(bodyOf(`PUT ${WORKER}/domains/records`)) as { origins: { hostname: string }[] }
  expect(origins.map(({ hostname }) => hostname)).toEqual([
    'weokto.example',
    'www.weokto.example',
    'be-stam.example',
    'www.be-stam.example',
  ])
  expect(JSON.parse(bodyOf(`POST ${WORKER}/subdomain`))).toEqual({ enabled: false, previews_enabled: false })
})

test('a version that answers wrongly is not let in: the one before goes on, and the next deployment begins from it', async () => {
  const broken = upload(cloudflare)
  sites.versions.set(broken, () => json(503, { ok: false }))
  const before = heard().length
  await expect(releaseVersion(release, fresh, broken)).rejects.toThrow(
    `The new version ${broken} is not let in: ${sites.url}/api/health answered 503. The version ${fresh} goes on answering everybody. ` +
      `To look at the new one, send the header Cloudflare-Workers-Version-Overrides: weokto-stam="${broken}"; to go on, mend it and deploy again.`,
  )
  expect(current(cloudflare)).toEqual([
    { version_id: broken, percentage: 0 },
    { version_id: fresh, percentage: 100 },
  ])
  expect(heard().slice(before)).not.toContain(`PUT ${WORKER}/schedules`)
  expect(await live()).toBe(fresh)
}, 120_000)

test('while two versions share the requests, nothing is deployed', async () => {
  cloudflare.deployments.push([
    { version_id: fresh, percentage: 30 },
    { version_id: old, percentage: 70 },
  ])
  await expect(live()).rejects.toThrow(`Nothing was deployed: ${fresh} (30 %) and ${old} (70 %) share the requests.`)
}, 120_000)

test('a version that Cloudflare does not take is told in its words', async () => {
  const env = { ...release.env, CLOUDFLARE_API_TOKEN: 'of-somebody-else' }
  await expect(uploadVersion(env, release.configFile)).rejects.toThrow(
    'Nothing was deployed: Cloudflare did not take the new version (Authentication error [code: 10000]).',
  )
}, 120_000)

test('a first deployment, here of staging, brings the whole at once, with rooms and a KV namespace of its own: no version could', async () => {
  const first = await startCloudflare('weokto-stam-staging')
  const own = '/workers/scripts/weokto-stam-staging'
  try {
    neverDeployed(first)
    const whole = releaseOf(first, 'staging')
    expect(await uploadVersion(whole.env, whole.configFile)).toBeNull()
    expect(heard(first)).not.toContain(`POST ${own}/versions`)
    await releaseWhole(whole)
    expect(bodyOf(`PUT ${own}`, first)).toContain('"migrations":{"new_tag":"v1","steps":[{"new_sqlite_classes":["Channel"]}')
    const later = [`PUT ${own}/domains/records`, `PUT ${own}/schedules`, 'POST /queues/clicks-staging/consumers']
    expect(heard(first)).toEqual(expect.arrayContaining(later))
    expect(heard(first).filter((what) => /weokto-stam(?!-staging)/.test(what))).toEqual([])
    expect([first.migrationTag, first.namespaces]).toEqual(['v1', ['weokto-stam-staging-cache']])
    expect(current(first)).toEqual([{ version_id: first.versions.at(-1), percentage: 100 }])
    first.secrets = null
    expect(await uploadVersion(whole.env, whole.configFile)).toBeNull()
  } finally {
    await first.stop()
  }
}, 120_000)

test('what the platform itself reads is told and not served: headers, and which paths the Worker answers', () => {
  const { manifest } = JSON.parse(bodyOf(`POST ${WORKER}/assets-upload-session`)) as { manifest: Record<string, unknown> }
  const files = Object.keys(manifest)
  expect(files).toEqual(expect.arrayContaining(['/pay.js', '/stam/fr/visitor/index.html', '/stam/pages.json', '/weokto/favicon.ico']))
  expect(files).not.toContain('/_headers')
  const [metadata = ''] = /\{"main_module".*\}/.exec(bodyOf(`POST ${WORKER}/versions`)) ?? []
  const { assets, placement } = JSON.parse(metadata) as { assets: { config: Record<string, unknown> }; placement: unknown }
  expect(assets.config).toMatchObject({ html_handling: 'none', not_found_handling: 'none' })
  expect(assets.config['_headers']).toContain('cache-control: public, max-age=31536000, immutable')
  expect(assets.config['run_worker_first']).toEqual(['/landing/*', '/pay.js', '/stam/*', '/weokto/*', '/.*'])
  expect(placement).toMatchObject({ region: 'aws:eu-central-1' })
})
