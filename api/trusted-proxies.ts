import * as z from 'zod'

const Address = z.union([z.ipv4(), z.ipv6()])
/** More hops than any request of ours makes; whoever writes a longer list is not followed along it. */
const MOST_HOPS = 8

/** The addresses of `TRUSTED_PROXIES`, separated by commas: whose word on where a request came from is believed. None unless they are named. */
export function trustedProxies(setting: string | undefined): ReadonlySet<string> {
  const addresses = (setting ?? '')
    .split(',')
    .map((part) => plain(part.trim()))
    .filter(Boolean)
  const wrong = addresses.filter((address) => !Address.safeParse(address).success)
  if (wrong.length > 0) throw new Error('The configuration is incomplete: TRUSTED_PROXIES (addresses, separated by commas).')
  return new Set(addresses)
}

/**
 * Where a request came from. Each proxy writes behind the list whom it heard, so the list is read from its end, and only as far as the one who wrote is
 * trusted: what stands before that may be anybody's invention.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | null, trusted: ReadonlySet<string>): string | undefined {
  if (peer === undefined) return undefined
  let client = plain(peer)
  const heard = (forwardedFor ?? '').split(',').slice(-MOST_HOPS)
  for (let at = heard.length - 1; at >= 0 && trusted.has(client); at--) {
    const before = plain(heard[at]?.trim() ?? '')
    if (!Address.safeParse(before).success) return client
    client = before
  }
  return client
}

/** The one way in which an address is compared: of IPv6 the short one, and IPv4 without the clothes of IPv6 in which a server sees it that listens on both. */
function plain(address: string): string {
  const bare = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  if (!z.ipv6().safeParse(bare).success) return bare
  // A host's name is written in the short way by the parser of addresses itself (https://url.spec.whatwg.org/#concept-ipv6-serializer).
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(short) ?? []
  return high === undefined || low === undefined ? short : [high, low].flatMap(bytesOf).join('.')
}

/** The two bytes of a group of four hexadecimal digits. */
function bytesOf(group: string): number[] {
  const value = Number.parseInt(group, 16)
  return [value >> 8, value & 255]
}
