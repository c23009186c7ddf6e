import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { ROOT } from '#dev/environment/root.ts'
import { PlainError } from '#dev/plain-error.ts'
import { start } from '#dev/steps.ts'
import type { Environment } from './target.ts'
import { reasonIn, wrangler } from './wrangler.ts'

const NamesSchema = z.array(z.object({ name: z.string() }))

/** Cloudflare's own words for a Worker that is not there yet (codes 10007 and 10090 of its interface). */
const NO_WORKER = /Worker "[^"]*".* not found/

/** The names that `.dev.vars.example` demands: those that stand there as settings, not the ones in its comments, which may be left out. */
export function demandedSecrets(example = readFileSync(join(ROOT, '.dev.vars.example'), 'utf8')): string[] {
  return Array.from(example.matchAll(/^([A-Z_]+)=/gm), ([, name = '']) => name)
}

/**
 * Stops when the Worker lacks a secret: it reads all of them when it starts, so without one every request would fail, and that would be seen only
 * after the database had moved on. Names are compared, values never leave Cloudflare.
 */
export async function mustHaveSecrets(env: Environment, configFile: string): Promise<void> {
  const { code, stdout, output } = await start(wrangler('secrets', env, configFile, ['secret', 'list', '--format', 'json']))
  if (code !== 0 && !NO_WORKER.test(output))
    throw new PlainError(`Nothing was deployed: Cloudflare did not list the Worker's secrets (${reasonIn(output)}).`)
  const there = code === 0 ? namesIn(stdout) : new Set<string>()
  const missing = demandedSecrets().filter((name) => !there.has(name))
  if (missing.length === 0) return
  throw new PlainError(
    `Nothing was deployed: the Worker lacks ${missing.length === 1 ? 'the secret' : 'the secrets'} ${missing.join(', ')} (npx wrangler secret put NAME; .dev.vars.example explains each).`,
  )
}

function namesIn(stdout: string): Set<string> {
  try {
    return new Set(NamesSchema.parse(JSON.parse(stdout)).map(({ name }) => name))
  } catch {
    throw new PlainError('Nothing was deployed: wrangler listed the secrets in a form that this program does not know.')
  }
}
