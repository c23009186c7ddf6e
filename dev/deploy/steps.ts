import type { Step } from '#dev/steps.ts'
import { OF_WRANGLER, ownVariables } from './variables.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Made before anything is touched: a build that fails leaves everything as it was. */
export function pagesStep(env: Environment): Step {
  return { name: 'pages', command: 'node', args: ['dev/build.ts'], env: ownVariables(env, []) }
}

/** What goes live, in this order, once the database has what the new Worker asks of it. */
export function liveSteps(env: Environment): Step[] {
  return [{ name: 'Worker', command: 'wrangler', args: ['deploy', ...domains(env)], env: ownVariables(env, OF_WRANGLER) }]
}

/** `www.` of each site belongs to the Worker too, which sends on from there (api/http/bare-host.ts). */
function domains(env: Environment): string[] {
  const bare = [env['WEOKTO_DOMAIN'] ?? '', env['STAM_DOMAIN'] ?? '']
  return bare.flatMap((domain) => ['--domain', domain, '--domain', `www.${domain}`])
}
