import { PlainError } from '#dev/plain-error.ts'
import { run, type Step } from '#dev/steps.ts'
import { smokeTest } from './smoke.ts'
import { triggersStep, versionsStep, wholeStep } from './steps.ts'
import type { Environment } from './target.ts'

export interface Release {
  env: Environment
  configFile: string
  worker: string
  /** Where the sites are seen. */
  origins: readonly string[]
  betweenMs?: number
}

/**
 * From the version that answers everybody to the new one: first it answers only who asks for it by name, then it is asked, then it answers everybody.
 * When it answers wrongly the old one goes on, and what was decided so far may stay: the database only gained, and nobody reaches the new version.
 */
export async function releaseVersion(release: Release, from: string, to: string): Promise<void> {
  const { env, configFile, worker, origins, betweenMs } = release
  await mustPass(versionsStep(env, configFile, { [to]: 0, [from]: 100 }), `The version ${from} goes on answering everybody.`)
  const wrong = await smokeTest({ worker, version: to, origins, ...(betweenMs === undefined ? {} : { betweenMs }) })
  if (wrong !== null) throw new PlainError(failed({ wrong, worker, from, to }))
  process.stdout.write('✓ smoke test\n')
  await mustPass(versionsStep(env, configFile, { [to]: 100 }), `The version ${from} goes on answering everybody.`)
  await mustPass(triggersStep(env, configFile), `The version ${to} answers everybody; repeat the deployment for the rest.`)
}

/** For a first deployment, and when the rooms' class changes: there is no way back over that, so nothing is tried before. */
export async function releaseWhole({ env, configFile }: Release): Promise<void> {
  await mustPass(wholeStep(env, configFile), 'What came before stands and may be repeated.')
  process.stdout.write(
    'The whole Worker was replaced at once, as its first deployment and a change of the rooms’ class ask. Look at both sites now.\n',
  )
}

const failed = ({ wrong, worker, from, to }: Record<'wrong' | 'worker' | 'from' | 'to', string>): string =>
  `The new version ${to} is not let in: ${wrong}. The version ${from} goes on answering everybody. ` +
  `To look at the new one, send the header Cloudflare-Workers-Version-Overrides: ${worker}="${to}"; to go on, mend it and deploy again.`

async function mustPass(step: Step, otherwise: string): Promise<void> {
  if ((await run([step])) > 0) throw new PlainError(`The step "${step.name}" failed. ${otherwise}`)
}
