import * as z from 'zod'
import { PlainError } from '#dev/plain-error.ts'
import { start } from '#dev/steps.ts'
import type { Environment } from './target.ts'
import { reasonIn, wrangler } from './wrangler.ts'

/** Wrangler's own words where a version cannot be uploaded and the Worker must be deployed as a whole. */
const WHOLE = /does not yet exist|pending Durable Object migration/
const VERSION = /Worker Version ID: ([0-9a-f-]{36})/

/**
 * Uploads code and pages as a version that answers nobody yet. Null when that cannot be: there is no Worker, or the rooms' class changes with it, which
 * Cloudflare refuses of a version (error 10211).
 */
export async function uploadVersion(env: Environment, configFile: string): Promise<string | null> {
  const { code, output } = await start(wrangler('upload', env, configFile, ['versions', 'upload']))
  if (code !== 0 && WHOLE.test(output)) return null
  const [, version] = VERSION.exec(output) ?? []
  if (code !== 0 || version === undefined)
    throw new PlainError(`Nothing was deployed: Cloudflare did not take the new version (${reasonIn(output)}).`)
  return version
}

const DeploymentSchema = z.object({ versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })) })

/** The version that answers everybody. While two share the requests, somebody is in the middle of something: nothing is decided for them. */
export async function liveVersion(env: Environment, configFile: string): Promise<string> {
  const { code, stdout, output } = await start(wrangler('status', env, configFile, ['deployments', 'status', '--json']))
  if (code !== 0) throw new PlainError(`Nothing was deployed: Cloudflare did not say which version answers (${reasonIn(output)}).`)
  const { versions } = DeploymentSchema.parse(JSON.parse(stdout))
  const whole = versions.find(({ percentage }) => percentage === 100)
  if (whole) return whole.version_id
  const shares = versions.map(({ version_id, percentage }) => `${version_id} (${percentage} %)`).join(' and ')
  throw new PlainError(
    `Nothing was deployed: ${shares} share the requests. Give one of them all (npx wrangler versions deploy) and begin again.`,
  )
}
