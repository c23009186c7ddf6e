import * as z from 'zod/mini'
import { AppError } from '#domain/error.ts'

/** Tries of the key in an hour from one network, right or wrong: nobody types it more often, and it has far too many bits to be guessed. */
export const SETUP_TRIES_PER_NETWORK_HOUR = 20

/** The key that the start prints, or that the deployment was given as a secret. */
export const OpenBusiness = z.object({ key: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) })

/**
 * How far the business has come. `closed`: it has had an owner, and nobody opens it a second time. `keyless`: it waits for its first owner, and
 * whoever runs the platform has set no key yet. `open`: it waits for whoever has the key.
 */
export type SetupState = 'closed' | 'keyless' | 'open'

export const setupState = (isOpened: boolean, hasKey: boolean): SetupState => (isOpened ? 'closed' : hasKey ? 'open' : 'keyless')

/**
 * Whether this key makes an owner. Throws `setup_closed`, whatever the key, `setup_keyless` and `setup_key_wrong`.
 * Source: first owner (business rules, roles: OWNER is given to a second person, and never to nobody).
 */
export function decideSetup(state: SetupState, fits: boolean): void {
  if (state === 'closed') throw new AppError('setup_closed')
  if (state === 'keyless') throw new AppError('setup_keyless')
  if (!fits) throw new AppError('setup_key_wrong')
}
