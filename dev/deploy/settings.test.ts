import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { ROOT } from '#dev/environment/root.ts'

/** The dry run of a deployment prints bindings alone; everything else that Cloudflare is told is read as wrangler reads it. */
const config = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') })

interface Consumer {
  queue: string
  max_retries?: number
  retry_delay?: number
  max_concurrency?: number
  dead_letter_queue?: string
}
const consumers: readonly Consumer[] = config.queues.consumers ?? []

test('the runtime is the one that the program was tried with, and no environment inherits the half of it', () => {
  expect([config.compatibility_date, config.compatibility_flags]).toEqual(['2026-10-01', ['nodejs_compat']])
  // What stands below [env.*] has none of the KV, queues and limits above it.
  expect(config.definedEnvironments).toEqual([])
  expect([config.workers_dev, config.preview_urls, config.routes, config.route]).toEqual([false, false, undefined, undefined])
})

test('the bundle is small, told by line when it fails, and runs next to the database', () => {
  expect([config.minify, config.keep_names, config.upload_source_maps]).toEqual([true, false, true])
  expect(config.placement).toEqual({ region: 'aws:eu-central-1' })
})

test('every file but those below /assets/ is asked of the Worker first', () => {
  expect(config.assets).toEqual({
    directory: 'dist/web',
    binding: 'ASSETS',
    run_worker_first: ['/landing/*', '/pay.js', '/stam/*', '/weokto/*', '/.*'],
    html_handling: 'none',
    not_found_handling: 'none',
  })
})

test('the rooms are an object of this Worker, kept in SQLite from its first migration on', () => {
  expect(config.durable_objects.bindings).toEqual([{ name: 'Channel', class_name: 'Channel' }])
  expect(config.migrations).toEqual([{ tag: 'v1', new_sqlite_classes: ['Channel'] }])
})

test('clicks are tried again for five minutes, then put aside and tried for seventeen hours', () => {
  const consumerOf = (name: string) => consumers.find(({ queue }) => queue === name)
  expect(config.queues.producers).toContainEqual({ binding: 'CLICKS', queue: 'clicks' })
  expect(consumerOf('clicks')).toEqual({
    queue: 'clicks',
    max_batch_size: 100,
    max_batch_timeout: 2,
    max_retries: 10,
    retry_delay: 30,
    max_concurrency: 4,
    dead_letter_queue: 'clicks-dead',
  })
  expect(consumerOf('clicks-dead')).toEqual({
    queue: 'clicks-dead',
    max_batch_size: 100,
    max_batch_timeout: 30,
    max_retries: 100,
    retry_delay: 600,
    max_concurrency: 1,
  })
})

test('one consumer at a time wakes the sender of mails, which waits for no further message, and what dies goes to a queue of its own', () => {
  const mails = { max_batch_size: 10, max_batch_timeout: 0, max_concurrency: 1, max_retries: 3, retry_delay: 30 }
  expect(config.queues.producers).toContainEqual({ binding: 'MAILS', queue: 'mails' })
  expect(consumers).toContainEqual({ queue: 'mails', ...mails, dead_letter_queue: 'mails-dead' })
  expect(consumers.map(({ queue }) => queue)).toEqual(['clicks', 'clicks-dead', 'mails', 'mails-dead'])
})

test('no queue that gives up leaves to the platform how often, how far apart and how many at once', () => {
  for (const { queue, dead_letter_queue, max_retries, retry_delay, max_concurrency } of consumers) {
    const told = dead_letter_queue === undefined ? [max_retries] : [max_retries, retry_delay, max_concurrency]
    expect([queue, ...told.map((setting) => typeof setting)]).toEqual([queue, ...told.map(() => 'number')])
  }
  // What is dead is read by somebody too.
  const names = new Set(consumers.map(({ queue }) => queue))
  expect(consumers.flatMap(({ dead_letter_queue: dead }) => (dead === undefined || names.has(dead) ? [] : [dead]))).toEqual([])
})

test('the cache, the limit of requests and the version’s own name are there', () => {
  expect(config.version_metadata).toEqual({ binding: 'VERSION' })
  expect(config.kv_namespaces).toEqual([{ binding: 'CACHE' }])
  expect(config.ratelimits).toEqual([{ name: 'LIMIT', namespace_id: '1001', simple: { limit: 120, period: 60 } }])
})

test('the schedules are those that the code knows', () => {
  const known = Array.from(readFileSync(join(ROOT, 'api/cron.ts'), 'utf8').matchAll(/^const \w+ = '([^']+)'$/gm), ([, cron]) => cron)
  expect(new Set(config.triggers.crons)).toEqual(new Set(known))
})

test('logs keep what the Worker says, and neither the requests it was said in nor the calls that it makes', () => {
  expect(config.observability).toEqual({
    enabled: true,
    redact_query_string: true,
    logs: { enabled: true, invocation_logs: false },
    traces: { enabled: false },
  })
})
