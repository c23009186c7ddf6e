import { stripVTControlCharacters } from 'node:util'
import type { Step } from '#dev/steps.ts'
import type { Environment } from './target.ts'
import { OF_WRANGLER, ownVariables } from './variables.ts'

/** One command of wrangler's about the Worker that `configFile` describes. */
export function wrangler(name: string, env: Environment, configFile: string, args: readonly string[]): Step {
  return { name, command: 'wrangler', args: [...args, '--config', configFile], env: ownVariables(env, OF_WRANGLER) }
}

/** The line of wrangler's that says what is wrong: Cloudflare's own has its code in it. */
export function reasonIn(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.replace(/^[^\p{L}]+/u, '').trim())
  return lines.find((line) => line.includes('[code: ')) ?? lines.find((line) => /error|fail/i.test(line)) ?? 'wrangler gave no reason'
}
