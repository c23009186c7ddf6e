import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '#db/migrate.ts'
import { originsIn } from '#db/migrate/webhook-origins.ts'
import { PlainError, sentenceOf } from './plain-error.ts'
import { ROOT } from './environment/root.ts'
import { run, type Step } from './steps.ts'

/**
 * `npm run deploy`: database first (migrations only add, so the old Worker goes on working), then the rooms, then the Worker with the pages.
 * `.env.deploy` or the environment says where; the README lists what must exist before the first time.
 */
const NEEDED = [
  'DATABASE_ADMIN_URL',
  'DATABASE_URL',
  'CLOUDFLARE_API_TOKEN',
  'CLOUDFLARE_ACCOUNT_ID',
  'PARTYKIT_LOGIN',
  'PARTYKIT_TOKEN',
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
  Object.assign(process.env, env)
  const webhookOrigins = originsIn(env) ?? [`https://${env['STAM_DOMAIN']}`]
  const applied = await migrate({ adminUrl: env['DATABASE_ADMIN_URL'] ?? '', appUrl: env['DATABASE_URL'] ?? '', webhookOrigins })
  process.stdout.write(`✓ migrations (${applied.length === 0 ? 'none new' : applied.join(', ')})\n`)
  const domains = [env['WEOKTO_DOMAIN'], env['STAM_DOMAIN']].flatMap((domain) => ['--domain', domain ?? ''])
  const steps: Step[] = [
    { name: 'pages', command: 'node', args: ['dev/build.ts'] },
    { name: 'rooms', command: 'partykit', args: ['deploy'] },
    { name: 'Worker', command: 'wrangler', args: ['deploy', ...domains] },
  ]
  for (const step of steps)
    if ((await run([step])) > 0)
      throw new PlainError(`The ${step.name} could not be deployed; what came before stands and may be repeated.`)
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
