import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '#db/migrate.ts'
import { originsIn } from '#db/migrate/webhook-origins.ts'
import { mustHaveSecrets } from './deploy/secrets.ts'
import { liveSteps, pagesStep } from './deploy/steps.ts'
import { PlainError, sentenceOf } from './plain-error.ts'
import { ROOT } from './environment/root.ts'
import { run, type Step } from './steps.ts'

/**
 * `npm run deploy`: first what touches nothing (the Worker's secrets are compared, the pages are built), then the database (migrations only add, so
 * the old Worker goes on working), then the Worker with the pages and the rooms. `.env.deploy` or the environment says where; the README lists
 * what must exist before the first time.
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
  const env = { ...readEnvFile(join(ROOT, '.env.deploy')), ...process.env }
  const missing = NEEDED.filter((name) => !env[name])
  if (missing.length > 0)
    throw new PlainError(
      `Nothing was deployed: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set (see "Deploy" in the README).`,
    )
  await mustHaveSecrets(env)
  process.stdout.write('✓ secrets\n')
  await mustPass(pagesStep(env), 'Nothing was deployed: the pages could not be built.')
  const webhookOrigins = originsIn(env) ?? [`https://${env['STAM_DOMAIN']}`]
  const applied = await migrate({ adminUrl: env['DATABASE_ADMIN_URL'] ?? '', appUrl: env['DATABASE_URL'] ?? '', webhookOrigins })
  process.stdout.write(`✓ migrations (${applied.length === 0 ? 'none new' : applied.join(', ')})\n`)
  for (const step of liveSteps(env))
    await mustPass(step, `The ${step.name} could not be deployed; what came before stands and may be repeated.`)
}

async function mustPass(step: Step, otherwise: string): Promise<void> {
  if ((await run([step])) > 0) throw new PlainError(otherwise)
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
