import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '#dev/steps.ts'
import { ACCOUNT, startRecorder, TOKEN, type Recorder } from './recorder.ts'
import { liveSteps } from './steps.ts'

let cloudflare: Recorder
let ended: Awaited<ReturnType<typeof start>>

function deployTo(recorder: Recorder): ReturnType<typeof start> {
  const env = {
    ...process.env,
    CLOUDFLARE_API_TOKEN: TOKEN,
    CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
    CLOUDFLARE_API_BASE_URL: recorder.url,
    WEOKTO_DOMAIN: 'weokto.example',
    STAM_DOMAIN: 'be-stam.example',
  }
  const worker = liveSteps(env).find(({ name }) => name === 'Worker')
  if (!worker) throw new Error('No step deploys the Worker.')
  return start(worker)
}

beforeAll(async () => {
  cloudflare = await startRecorder()
  ended = await deployTo(cloudflare)
}, 120_000)
afterAll(() => cloudflare.stop())

const bodyOf = (what: string): string => cloudflare.heard.find((one) => one.what === what)?.body ?? ''
const WORKER = '/workers/scripts/weokto-stam'

test('the Worker’s own step ends well, and without a warning', () => {
  expect([ended.code, ended.output]).toEqual([0, expect.not.stringMatching(/WARNING|ERROR/)])
  expect(new Set(cloudflare.heard.map(({ token }) => token))).toEqual(new Set([TOKEN]))
})

test('files go first, then the version, then it is the one that answers, and only then names, schedules and queues follow', () => {
  const order = [
    `POST ${WORKER}/assets-upload-session`,
    `POST ${WORKER}/versions`,
    `POST ${WORKER}/deployments`,
    `PUT ${WORKER}/domains/records`,
  ]
  const heard = cloudflare.heard.map(({ what }) => what)
  expect(heard.filter((what) => order.includes(what))).toEqual(order)
  for (const later of [`PUT ${WORKER}/schedules`, 'POST /queues/clicks/consumers', 'POST /queues/clicks-dead/consumers'])
    expect([later, heard.indexOf(later) > heard.indexOf(order[2] ?? '')]).toEqual([later, true])
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

test('what the platform itself reads is told and not served: headers, and which paths the Worker answers', () => {
  const { manifest } = JSON.parse(bodyOf(`POST ${WORKER}/assets-upload-session`)) as { manifest: Record<string, unknown> }
  const files = Object.keys(manifest)
  expect(files).toEqual(expect.arrayContaining(['/pay.js', '/stam/index.html', '/stam/pages.json', '/weokto/favicon.ico']))
  expect(files).not.toContain('/_headers')
  const [metadata = ''] = /\{"main_module".*\}/.exec(bodyOf(`POST ${WORKER}/versions`)) ?? []
  const { config } = (JSON.parse(metadata) as { assets: { config: Record<string, unknown> } }).assets
  expect(config).toMatchObject({ html_handling: 'none', not_found_handling: 'none' })
  expect(config['_headers']).toContain('cache-control: public, max-age=31536000, immutable')
  expect(config['run_worker_first']).toEqual(['/landing/*', '/pay.js', '/stam/*', '/weokto/*', '/.*'])
})

test('a Worker without the rooms’ class is replaced at once and told of it, because a version could not bring it', async () => {
  const first = await startRecorder()
  first.migrationTag = null
  try {
    expect((await deployTo(first)).code).toBe(0)
    const told = first.heard.map(({ what }) => what)
    expect(told).not.toContain(`POST ${WORKER}/versions`)
    const body = first.heard.find(({ what }) => what === `PUT ${WORKER}`)?.body
    expect(body).toContain('"migrations":{"new_tag":"v1","steps":[{"new_sqlite_classes":["Channel"]}')
  } finally {
    await first.stop()
  }
}, 120_000)
