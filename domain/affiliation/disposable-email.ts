import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'
import { domainsOf } from '#domain/base/email-address.ts'

/** Made once: a set of some nine thousand names. */
let known: ReadonlySet<string> | null = null

/**
 * Whether an address lies at a domain that gives out addresses to throw away, or under one: one of the community's list (disposable-email-domains,
 * by the library's version) or one of `alsoListed`, in small letters. Stands apart from the other reasons to hold, whose words the pages show, so
 * that the list reaches no page.
 */
export function isDisposable(email: string, alsoListed: readonly string[]): boolean {
  known ??= disposableEmailBlocklistSet()
  const listed = known
  return domainsOf(email).some((domain) => listed.has(domain) || alsoListed.includes(domain))
}
