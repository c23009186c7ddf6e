import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { start } from '#dev/steps.ts'
import { mustBeOwnDatabase, targetOf } from './target.ts'
import { workerConfig, writeWorkerConfig } from './worker-config.ts'
import { wrangler } from './wrangler.ts'

const env = { ...process.env, WEOKTO_DOMAIN: 'staging.weokto.example', STAM_DOMAIN: 'staging.be-stam.example' }
const staging = targetOf(['staging'])
const { file } = writeWorkerConfig(staging, env)

/** Every text of a configuration, with the way to it. */
function textsOf(value: unknown, way = ''): [string, string][] {
  if (typeof value === 'string') return [[way, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${way}.${key}`))
}

test('staging is production under other names, and nothing else', () => {
  const own = new Map(textsOf(workerConfig(staging, env)))
  const production = textsOf(workerConfig(targetOf([]), env)).filter(([way]) => !way.startsWith('.routes'))
  const renamed = production.filter(([way, text]) => own.get(way) !== text)
  for (const [way, text] of renamed)
    expect([way, own.get(way)]).toEqual([way, way.startsWith('.ratelimits') ? `${text}2` : `${text}-staging`])
  const ways = renamed.map(([way]) => way.replace(/\.\d+/, ''))
  expect(new Set(ways)).toEqual(
    new Set([
      '.name',
      '.queues.producers.queue',
      '.queues.consumers.queue',
      '.queues.consumers.dead_letter_queue',
      '.ratelimits.namespace_id',
    ]),
  )
})

test('no queue of production is read, written to or fed by staging', () => {
  const names = textsOf(workerConfig(staging, env).queues).filter(([way]) => way.endsWith('queue'))
  expect(names.length).toBeGreaterThan(3)
  expect(names.filter(([, name]) => !name.endsWith('-staging'))).toEqual([])
})

test('wrangler reads it whole: bindings, rooms, schedules, limits, logs, and hosts of its own without www', () => {
  const told = new Set(['main', 'assets', 'queues', 'ratelimits', 'name', 'topLevelName', 'configPath', 'userConfigPath', 'routes', 'vars'])
  const read = (config: string) => {
    const all = unstable_readConfig({ config })
    const rest = Object.fromEntries(Object.entries(all).filter(([key]) => !told.has(key)))
    return { rest, own: { name: all.name, routes: all.routes, vars: all.vars } }
  }
  const own = read(file)
  expect(own.rest).toEqual(read('wrangler.toml').rest)
  expect(own.own).toEqual({
    name: 'weokto-stam-staging',
    routes: ['staging.weokto.example', 'staging.be-stam.example'].map((pattern) => ({ pattern, custom_domain: true })),
    vars: { INDEXING: 'off' },
  })
  expect(readFileSync('wrangler.toml', 'utf8')).not.toMatch(/^\[+env\./m)
})

test('the database of production is not migrated for staging', () => {
  const production = { DATABASE_ADMIN_URL: 'postgresql://owner:secret@ep-a.eu-central-1.aws.neon.tech/weokto' }
  expect(() => mustBeOwnDatabase(staging, production, production)).toThrow(
    /^Nothing was deployed: DATABASE_ADMIN_URL names the database of prod/,
  )
  expect(() =>
    mustBeOwnDatabase(staging, { DATABASE_ADMIN_URL: 'postgresql://owner:secret@ep-b.neon.tech/weokto' }, production),
  ).not.toThrow()
  expect(() => mustBeOwnDatabase(targetOf([]), production, production)).not.toThrow()
})

test('what either deployment reads its passwords from is kept out of the repository', () => {
  for (const words of [[], ['staging']]) {
    const { envFile } = targetOf(words)
    expect([envFile, spawnSync('git', ['check-ignore', '--quiet', '--no-index', envFile]).status]).toEqual([envFile, 0])
  }
})

test('it deploys without a warning', async () => {
  const { code, output } = await start(wrangler('staging', env, file, ['deploy', '--dry-run']))
  expect([code, output]).toEqual([0, expect.not.stringMatching(/WARNING|ERROR/)])
  for (const binding of ['env.CACHE', 'env.CLICKS (clicks-staging)', 'env.LIMIT', 'env.ASSETS', 'env.Channel', 'env.INDEXING'])
    expect(output).toContain(binding)
}, 60_000)
