import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { experimental_readRawConfig } from 'wrangler'
import * as z from 'zod'
import { ROOT } from '#dev/environment/root.ts'
import { domainsOf, type Environment, type Target } from './target.ts'

const Queue = z.looseObject({ queue: z.string() })

/** What of wrangler.toml is written anew; the rest goes through as it is. */
const OwnSettings = z.looseObject({
  name: z.string(),
  main: z.string(),
  assets: z.looseObject({ directory: z.string() }),
  queues: z.object({
    producers: z.array(Queue),
    consumers: z.array(Queue.extend({ dead_letter_queue: z.string().optional() })),
  }),
  ratelimits: z.array(z.looseObject({ namespace_id: z.string() })),
})
type WorkerConfig = z.infer<typeof OwnSettings>

/**
 * What wrangler is told: wrangler.toml with the hosts that the Worker answers at. They cannot stand in the file (with routes a local host would arrive
 * rewritten), and a command that takes them all, `wrangler triggers deploy`, has no option for them. So the whole is written anew each time, beside
 * the data, for one target.
 */
export function writeWorkerConfig(target: Target, env: Environment): { file: string; worker: string } {
  const folder = join(ROOT, '.data/deploy')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${target.name}.json`)
  const config = workerConfig(target, env)
  writeFileSync(file, JSON.stringify(config, null, 2))
  return { file, worker: config.name }
}

export function workerConfig(target: Target, env: Environment): WorkerConfig {
  const settings = OwnSettings.parse(experimental_readRawConfig({ config: join(ROOT, 'wrangler.toml') }).rawConfig)
  return {
    ...(target.name === 'staging' ? ofStaging(settings) : settings),
    // A path counts from the file that names it.
    main: join(ROOT, settings.main),
    assets: { ...settings.assets, directory: join(ROOT, settings.assets.directory) },
    routes: domainsOf(target, env).map((pattern) => ({ pattern, custom_domain: true })),
  }
}

const staging = (name: string): string => `${name}-staging`

/**
 * The same Worker under names of its own: whatever an account knows by name would otherwise be the one of production. Rooms and KV belong to the
 * Worker and are made with it. `[env.staging]` in wrangler.toml would silently have no KV, queue, room and limit unless each was written twice.
 */
function ofStaging(settings: WorkerConfig): WorkerConfig {
  const { producers, consumers } = settings.queues
  return {
    ...settings,
    name: staging(settings.name),
    queues: {
      producers: producers.map((producer) => ({ ...producer, queue: staging(producer.queue) })),
      consumers: consumers.map(({ dead_letter_queue: dead, ...consumer }) => ({
        ...consumer,
        queue: staging(consumer.queue),
        ...(dead === undefined ? {} : { dead_letter_queue: staging(dead) }),
      })),
    },
    ratelimits: settings.ratelimits.map((limit) => ({ ...limit, namespace_id: `${limit.namespace_id}2` })),
    // No search engine is to show a second site that sells nothing.
    vars: { INDEXING: 'off' },
  }
}
