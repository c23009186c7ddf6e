import type { Step } from '#dev/steps.ts'
import type { Environment } from './target.ts'
import { ownVariables } from './variables.ts'
import { wrangler } from './wrangler.ts'

/** Made before anything is touched: a build that fails leaves everything as it was. */
export function pagesStep(env: Environment): Step {
  return { name: 'pages', command: 'node', args: ['dev/build.ts'], env: ownVariables(env, []) }
}

/** The Worker at once, for everybody, with all that belongs to it: what a first deployment and a change of the rooms' class need. */
export const wholeStep = (env: Environment, configFile: string): Step => wrangler('Worker', env, configFile, ['deploy'])

/** Which versions answer, and whom. */
export function versionsStep(env: Environment, configFile: string, shares: Readonly<Record<string, number>>): Step {
  const told = Object.entries(shares).map(([version, percentage]) => `${version}@${percentage}%`)
  return wrangler(`Worker (${told.join(', ')})`, env, configFile, ['versions', 'deploy', ...told, '--yes'])
}

/** Hosts, schedules and what reads the queues: they belong to no version, so an upload leaves them as they were. */
export const triggersStep = (env: Environment, configFile: string): Step =>
  wrangler('hosts, schedules, queues', env, configFile, ['triggers', 'deploy'])
