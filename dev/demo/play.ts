import type { Browser } from 'playwright-core'
import type { Environment } from '#dev/environment/environment.ts'
import type { Teller } from './teller.ts'

export const PRODUCT = 'Atelier Levain'
export const BUTTON = 'atelier-levain-mensuel'

/** What every scene of the demo plays with. */
export interface Play {
  browser: Browser
  environment: Environment
  teller: Teller
  /** Different at each run, so that a demo can be played again on the same database. */
  run: string
}
