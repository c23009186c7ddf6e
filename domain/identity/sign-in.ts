import * as z from 'zod/mini'
import { emailAddress } from '#domain/base/email-address.ts'
import { withoutCardNumber } from '#domain/base/text.ts'
import { AppError } from '#domain/error.ts'

/** A session ends so many days after it was last used, and so does its cookie (business rules, sign-in). */
export const SESSION_DAYS = 30
/** A link or code lives ten minutes, works once, and bears five wrong codes (business rules, sign-in). */
export const SIGN_IN_MINUTES = 10
export const MAX_CODE_TRIES = 5
/**
 * Sends in an hour. One network gets few to one mailbox. All networks together get more, or a stranger would use up what its owner needs; but not
 * many, because each mail bears five guesses: twenty make a hundred in a million. Many per network, because a network here is a whole /24 and a
 * telephone company puts thousands of people behind one.
 */
export const SENDS_PER_MAILBOX_AND_NETWORK_HOUR = 5
export const SENDS_PER_MAILBOX_HOUR = 20
export const SENDS_PER_NETWORK_HOUR = 200
/** Tries in an hour from one network, right or wrong. */
export const TRIES_PER_NETWORK_HOUR = 600

/** A path on the site that asked, to go on with after signing in; anything else is dropped by `safePath`. */
export const RequestSignIn = z.object({
  email: emailAddress,
  next: z.optional(z.string().check(z.maxLength(500), withoutCardNumber)),
})

export const ConfirmSignIn = z.object({
  token: z.optional(z.string().check(z.minLength(20), z.maxLength(100))),
  email: z.optional(emailAddress),
  code: z.optional(z.string().check(z.regex(/^\d{6}$/))),
})

export interface SignInProof {
  /** The link's token was presented and is the row's own. */
  hasToken: boolean
  /** The browser carries the cookie that was set when this mail was asked for. */
  sameBrowser: boolean
  /** A code was typed: right, wrong, or none. */
  code: 'right' | 'wrong' | 'none'
}

export interface SignInRow {
  expiresAt: Date
  usedAt: Date | null
  tries: number
}

/**
 * Two of three things prove a sign-in: the link, the asking browser, the code. So a link forwarded to somebody else opens nothing by itself,
 * and a code is guessed only by whoever asked or holds the mail.
 * Throws `link_expired` (used, too old or too many tries), `code_wrong` (a try is then counted) or `code_needed` (other browser: type the code).
 */
export function decideSignIn(row: SignInRow | null, proof: SignInProof, now: Date): void {
  if (!row || row.usedAt !== null || row.expiresAt.getTime() <= now.getTime() || row.tries >= MAX_CODE_TRIES)
    throw new AppError('link_expired')
  if (proof.code === 'wrong') throw new AppError('code_wrong')
  const proofs = Number(proof.hasToken) + Number(proof.sameBrowser) + Number(proof.code === 'right')
  if (proofs < 2) throw new AppError('code_needed')
}
