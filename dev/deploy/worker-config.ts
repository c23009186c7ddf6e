import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { experimental_readRawConfig } from 'wrangler'
import * as z from 'zod'
import { ROOT } from '#dev/environment/root.ts'
import { domainsOf, type Environment, type Target } from './target.ts'

/** What of wrangler.toml is written anew; the rest goes through as it is. */
const OwnSettings = z.looseObject({
  name: z.string(),
  main: z.string(),
  assets: z.looseObject({ directory: z.string() }),
})
export type WorkerConfig = z.infer<typeof OwnSettings>

/**
 * What wrangler is told: wrangler.toml with the hosts that the Worker answers at. They cannot stand in the file (with routes a local host would arrive
 * rewritten), and a command that takes them all, `wrangler triggers deploy`, has no option for them. So the whole is written anew each time, beside
 * the data, for one target.
 */
export function writeWorkerConfig(target: Target, env: Environment): { file: string; worker: string } {
  const folder = join(ROOT, '.data/deploy')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${target.name}.json`)
  const config = workerConfig(env)
  writeFileSync(file, JSON.stringify(config, null, 2))
  return { file, worker: config.name }
}

export function workerConfig(env: Environment): WorkerConfig {
  const settings = OwnSettings.parse(experimental_readRawConfig({ config: join(ROOT, 'wrangler.toml') }).rawConfig)
  return {
    ...settings,
    // A path counts from the file that names it.
    main: join(ROOT, settings.main),
    assets: { ...settings.assets, directory: join(ROOT, settings.assets.directory) },
    routes: domainsOf(env).map((pattern) => ({ pattern, custom_domain: true })),
  }
}
