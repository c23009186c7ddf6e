/** One key of several that are valid at a time. */
export interface RingKey {
  /** Stands in what the key signed or sealed (`kid`), so that it is read with this one alone; null for a key of before keys had names. */
  kid: string | null
  secret: string
}

/** The first one signs and seals; every one verifies and unseals. */
export type KeyRing = readonly [RingKey, ...RingKey[]]

/** More at a time would mean that none is ever taken away. */
const MOST_KEYS = 4
const LEAST_CHARACTERS = 32
const NAMED = /^([a-z0-9][a-z0-9-]{0,15}):(.+)$/

/**
 * The keys of a setting: `name:secret`, separated by commas, the one that signs first. One of them may have no name: it is the key of before keys had
 * names, and a setting of one bare secret stays valid. Null when it is none: a secret of fewer than 32 characters, a name twice, more than 4 keys.
 * Source: docs/decisions/0024.
 */
export function keyRing(setting: unknown): KeyRing | null {
  if (typeof setting !== 'string') return null
  const keys = setting.split(',').map((part) => keyOf(part.trim()))
  const [first, ...more] = keys
  const isValid = keys.length <= MOST_KEYS && keys.every(({ secret }) => secret.length >= LEAST_CHARACTERS)
  if (!first || !isValid || new Set(keys.map(({ kid }) => kid)).size < keys.length) return null
  return [first, ...more]
}

function keyOf(part: string): RingKey {
  const [, kid = null, secret = part] = NAMED.exec(part) ?? []
  return { kid, secret }
}

/**
 * The secret of the key that something says it was signed or sealed with; null when there is none, and then it is refused without a try. What names no
 * key is of before they had names, and is read with the one key that has none: nothing can be passed off as older than it is.
 */
export function secretOf(ring: KeyRing, kid: unknown): string | null {
  return ring.find((key) => (kid === undefined ? key.kid === null : key.kid !== null && key.kid === kid))?.secret ?? null
}

/** What stands in the header of a token that this key signs (RFC 7515, 4.1.4). */
export const headerOf = ({ kid }: RingKey): { alg: 'HS256'; kid?: string } => ({ alg: 'HS256', ...(kid === null ? {} : { kid }) })
