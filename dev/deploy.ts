import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '#db/migrate.ts'
import { originsIn } from '#db/migrate/webhook-origins.ts'
import { mustBeRightHosts } from './deploy/database-addresses.ts'
import { endpointAccount, mustHaveEndpoint, tellEvents } from './deploy/processor-endpoint.ts'
import { releaseVersion, releaseWhole } from './deploy/release.ts'
import { mustHaveSecrets } from './deploy/secrets.ts'
import { pagesStep } from './deploy/steps.ts'
import { mustBeOwnDatabase, mustBeOwnHosts, originsOf, targetOf, type Environment } from './deploy/target.ts'
import { liveVersion, uploadVersion } from './deploy/versions.ts'
import { writeWorkerConfig } from './deploy/worker-config.ts'
import { PlainError, sentenceOf } from './plain-error.ts'
import { ROOT } from './environment/root.ts'
import { run } from './steps.ts'

/**
 * `npm run deploy`, or `npm run deploy -- staging`: first what touches nothing (addresses, the Worker's secrets, the pages, the new version, which
 * answers nobody yet), then the database (migrations only add, so the old version goes on working), then the new version, which is asked before
 * everybody else is sent to it. The target's file (`.env.deploy`) or the environment says where; the README lists what must exist before the first
 * time.
 */
const NEEDED = [
  'DATABASE_ADMIN_URL',
  'DATABASE_URL',
  'CLOUDFLARE_API_TOKEN',
  'CLOUDFLARE_ACCOUNT_ID',
  'WEOKTO_DOMAIN',
  'STAM_DOMAIN',
] as const

async function main(): Promise<void> {
  const target = targetOf(process.argv.slice(2))
  const env: Environment = { ...readEnvFile(join(ROOT, target.envFile)), ...process.env }
  mustHaveVariables(env)
  const database = { adminUrl: env['DATABASE_ADMIN_URL'] ?? '', appUrl: env['DATABASE_URL'] ?? '' }
  mustBeRightHosts(database)
  mustBeOwnHosts(target, env)
  mustBeOwnDatabase(target, env, readEnvFile(join(ROOT, targetOf([]).envFile)))
  const { file: configFile, worker } = writeWorkerConfig(target, env)
  await mustHaveSecrets(env, configFile)
  const endpoint = endpointAccount(env)
  if (endpoint !== null) await mustHaveEndpoint(endpoint)
  process.stdout.write('✓ secrets\n')
  if ((await run([pagesStep(env)])) > 0) throw new PlainError('Nothing was deployed: the pages could not be built.')
  const version = await uploadVersion(env, configFile)
  const before = version === null ? null : await liveVersion(env, configFile)
  const webhookOrigins = originsIn(env) ?? [`https://${env['STAM_DOMAIN']}`]
  const applied = await migrate({ ...database, webhookOrigins })
  process.stdout.write(`✓ migrations (${applied.length === 0 ? 'none new' : applied.join(', ')})\n`)
  const release = { env, configFile, worker, origins: originsOf(env) }
  if (version === null || before === null) await releaseWhole(release)
  else await releaseVersion(release, before, version)
  if (endpoint !== null) process.stdout.write(`✓ the processor's events (${await tellEvents(endpoint)})\n`)
}

function mustHaveVariables(env: Environment): void {
  const missing = NEEDED.filter((name) => !env[name])
  if (missing.length === 0) return
  const verb = missing.length === 1 ? 'is' : 'are'
  throw new PlainError(`Nothing was deployed: ${missing.join(', ')} ${verb} not set (see "Deploy" in the README).`)
}

/** NAME=value lines; quotes around a value are taken off. */
function readEnvFile(file: string): Record<string, string> {
  if (!existsSync(file)) return {}
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z_]+=/.test(line))
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf('=')),
      line
        .slice(line.indexOf('=') + 1)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  )
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
})
