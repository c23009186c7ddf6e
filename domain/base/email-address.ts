import * as z from 'zod/mini'

/** The longest address that SMTP can carry (RFC 5321, 4.5.3.1.3). */
export const MAX_EMAIL_LENGTH = 254

/** An e-mail address as typed: trimmed, in small letters, at most 254 characters, one @ and a domain with a dot. */
export const emailAddress = z.string().check(
  z.trim(),
  z.toLowerCase(),
  z.maxLength(MAX_EMAIL_LENGTH),
  z.regex(z.regexes.email),
  z.refine((email) => email.lastIndexOf('@') <= 64),
)

/** The address of a sender as mails name it, `Name <address>` or the address alone, in small letters. */
export function bareAddress(sender: string): string {
  return (/<([^<>]+)>/.exec(sender)?.[1] ?? sender).trim().toLowerCase()
}

/**
 * What two addresses of one mailbox share: small letters, no dots and no `+tag` before the @, one name for Gmail. Used to suspect a
 * purchase of one's own (commission holds), never to identify anybody: for most providers dots do matter.
 */
export function mailboxOf(email: string): string {
  const { local, domain } = partsOf(email)
  const bare = (local.split('+', 1)[0] ?? '').replaceAll('.', '')
  return `${bare}@${domain === 'googlemail.com' ? 'gmail.com' : domain}`
}

export function isSameMailbox(one: string, other: string): boolean {
  return mailboxOf(one) === mailboxOf(other)
}

/** The domain of an address and every domain above it, nearest first: "x@a.b.com" gives a.b.com, b.com and com. At most as many as an address has dots. */
export function domainsOf(email: string): string[] {
  const labels = partsOf(email).domain.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/**
 * An address as shown to somebody who should recognise it and nobody else read it: "c•••@exemple.fr".
 *
 * @waitsFor profiles
 */
export function maskedEmail(email: string): string {
  const { local, domain } = partsOf(email)
  return `${Array.from(local)[0] ?? ''}•••@${domain}`
}

function partsOf(email: string): { local: string; domain: string } {
  const lower = email.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  return at < 0 ? { local: lower, domain: '' } : { local: lower.slice(0, at), domain: lower.slice(at + 1) }
}
