import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { readConfig } from '#api/config.ts'
import { ROOT } from '#dev/environment/root.ts'
import { neverDeployed } from '#dev/stand-ins/cloudflare/account.ts'
import { ACCOUNT, startCloudflare, TOKEN, type RunningCloudflare } from '#dev/stand-ins/cloudflare/server.ts'
import { demandedSecrets } from './secrets.ts'
import { pagesStep, triggersStep, versionsStep, wholeStep } from './steps.ts'

const LIST = 'GET /workers/scripts/weokto-stam/secrets'

let t: TestDatabase
let cloudflare: RunningCloudflare

beforeAll(async () => {
  t = await testDatabase()
  await t.admin('DROP SCHEMA public CASCADE')
  await t.admin('CREATE SCHEMA public')
  cloudflare = await startCloudflare()
})
afterAll(async () => {
  await cloudflare.stop()
  await t.close()
})
beforeEach(() => {
  cloudflare.heard = []
  cloudflare.secrets = []
})

function environment(): Record<string, string> {
  const adminUrl = new URL(inject('adminUrl'))
  adminUrl.pathname = new URL(t.databaseUrl).pathname
  return {
    DATABASE_ADMIN_URL: adminUrl.href,
    DATABASE_URL: t.databaseUrl,
    CLOUDFLARE_API_TOKEN: TOKEN,
    CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
    CLOUDFLARE_API_BASE_URL: cloudflare.url,
    WEOKTO_DOMAIN: 'weokto.example',
    STAM_DOMAIN: 'be-stam.example',
  }
}

/** Runs the command itself, as `npm run deploy` does. */
function deploy(changes: Record<string, string> = {}, words: readonly string[] = []): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment(), ...changes }
    const child = spawn(process.execPath, [join(ROOT, 'dev/deploy.ts'), ...words], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said: Buffer.concat(parts).toString() }))
  })
}

function catchOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  return ''
}

const tables = () => t.admin(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
const asked = () => cloudflare.heard.map(({ what }) => what)

describe('a deployment stops before it touches anything', () => {
  test('when it is not said which one, when a host belongs to the other one, or when an address is the wrong one of Neon’s two', async () => {
    const wrong = await Promise.all([
      deploy({}, ['stagin']),
      deploy({}, ['staging']),
      deploy({ STAM_DOMAIN: 'staging.be-stam.example' }),
      deploy({ DATABASE_ADMIN_URL: 'postgresql://owner:x@ep-a-1-pooler.eu-central-1.aws.neon.tech/weokto' }),
    ])
    expect(wrong.map(({ code, said }) => [code, said])).toEqual([
      [1, 'Nothing was deployed: say "npm run deploy" or "npm run deploy -- staging".\n'],
      [1, 'Nothing was deployed: weokto.example is no host of staging.\n'],
      [1, 'Nothing was deployed: staging.be-stam.example is no host of production.\n'],
      [1, 'Nothing was deployed: DATABASE_ADMIN_URL names a pool (-pooler), and migrations need the direct host.\n'],
    ])
    expect([asked(), await tables()]).toEqual([[], []])
  }, 60_000)

  test('when the Worker lacks a secret, which it names', async () => {
    cloudflare.secrets = demandedSecrets().filter((name) => name !== 'SEAL_KEY' && name !== 'EMAIL_API_KEY')
    const { code, said } = await deploy()
    expect([code, said]).toEqual([
      1,
      'Nothing was deployed: the Worker lacks the secrets SEAL_KEY, EMAIL_API_KEY (npx wrangler secret put NAME; .dev.vars.example explains each).\n',
    ])
    expect([asked(), await tables()]).toEqual([[LIST], []])
  }, 60_000)

  test('when there is no Worker yet: then all are missing', async () => {
    cloudflare.secrets = null
    const { code, said } = await deploy()
    expect([code, said.split('\n').length]).toEqual([1, 2])
    expect(said).toMatch(/^Nothing was deployed: the Worker lacks the secrets DATABASE_URL, .*EMAIL_FROM_STAM \(npx/)
    expect([asked(), await tables()]).toEqual([[LIST], []])
  }, 60_000)

  test('when Cloudflare refuses the token', async () => {
    const { code, said } = await deploy({ CLOUDFLARE_API_TOKEN: 'of-somebody-else' })
    expect([code, said]).toEqual([
      1,
      `Nothing was deployed: Cloudflare did not list the Worker's secrets (Authentication error [code: 10000]).
`,
    ])
    expect(await tables()).toEqual([])
  }, 60_000)

  test('when a variable is missing', async () => {
    expect(await deploy({ CLOUDFLARE_API_TOKEN: '' })).toEqual({
      code: 1,
      said: 'Nothing was deployed: CLOUDFLARE_API_TOKEN is not set (see "Deploy" in the README).\n',
    })
    expect([asked(), await tables()]).toEqual([[], []])
  })
})

test('with all secrets the pages are built and the version is uploaded before the database is touched, and a database that does not answer stops it there', async () => {
  cloudflare.secrets = [...demandedSecrets(), 'WEBHOOK_ORIGINS']
  const nowhere = 'postgresql://owner:x@127.0.0.1:9/nowhere'
  const { code, said } = await deploy({ DATABASE_ADMIN_URL: nowhere })
  expect([
    code,
    said
      .replaceAll(/\(\d.*? s\)/g, '')
      .split('\n')
      .map((line) => line.trim()),
  ]).toEqual([1, ['✓ secrets', '✓ pages', expect.stringMatching(/^The database nowhere at 127\.0\.0\.1:9 does not answer: .+\.$/), '']])
  // The version is there, and answers nobody.
  expect(asked()).toContain('POST /workers/scripts/weokto-stam/versions')
  expect(asked()).not.toContain('POST /workers/scripts/weokto-stam/deployments')
}, 180_000)

test('a first deployment goes through to its end: the database is brought up to date, and then the whole Worker is there', async () => {
  neverDeployed(cloudflare)
  cloudflare.secrets = demandedSecrets()
  const { code, said } = await deploy()
  const steps = said.split('\n').filter((line) => line.startsWith('✓'))
  expect([code, steps.map((line) => line.replaceAll(/ \(.*\)/g, ''))]).toEqual([0, ['✓ secrets', '✓ pages', '✓ migrations', '✓ Worker']])
  expect((await tables()).length).toBeGreaterThan(50)
  expect(asked()).toContain('PUT /workers/scripts/weokto-stam')
  // The database has the one origin that its buttons may name, and the app's role may sign in.
  expect(await t.admin('SELECT origin FROM webhook_origins')).toEqual([{ origin: 'https://be-stam.example' }])
}, 180_000)

test('each step is told its own variables and those of the machine, nothing else', () => {
  const ours = { ...environment(), SEAL_KEY: 'sealed', AWS_SECRET_ACCESS_KEY: 'of somebody' }
  const env = { ...ours, PATH: '/bin', HOME: '/home/somebody', LC_ALL: 'C', https_proxy: 'http://proxy' }
  const steps = [pagesStep(env), wholeStep(env, 'x.json'), versionsStep(env, 'x.json', { one: 100 }), triggersStep(env, 'x.json')]
  const ofWrangler = ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_BASE_URL']
  expect(steps.map(({ command, env: own = {} }) => [command, Object.keys(own).filter((key) => key in ours)])).toEqual([
    ['node', []],
    ['wrangler', ofWrangler],
    ['wrangler', ofWrangler],
    ['wrangler', ofWrangler],
  ])
  for (const { env: own } of steps)
    expect(own).toMatchObject({ PATH: '/bin', HOME: '/home/somebody', LC_ALL: 'C', https_proxy: 'http://proxy' })
})

test('what .dev.vars.example demands is what the app needs to start; what it offers in a comment may be left out', () => {
  expect(demandedSecrets('# A=\nB=\nC=x\n# D=\n')).toEqual(['B', 'C'])
  // Without any setting the app names each one that it needs.
  const missing = catchOf(() => readConfig({}))
  expect(new Set(demandedSecrets())).toEqual(new Set(Array.from(missing.matchAll(/([A-Z_]{4,}) \(/g), ([, name]) => name)))
})
