import { mailboxOf } from '#domain/base/email-address.ts'
import { asksInPassing } from '#domain/selling/checkout.ts'
import { keyedHash } from '#api/crypto.ts'

/**
 * Whether a new address is asked for the mailed code although nobody knows it. The same answer for a mailbox each time, or asking again would tell;
 * and one that nobody works out without our secret.
 */
export async function isAskedInPassing(codeSecret: string, email: string, oneIn: number): Promise<boolean> {
  return asksInPassing(await keyedHash(codeSecret, `asked:${mailboxOf(email)}`), oneIn)
}
