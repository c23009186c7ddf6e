/** Importing a key costs more than signing with it, and each click needs one; a deployment has one or two secrets. */
const keys = new Map<string, CryptoKey>()
const MOST = 4

export async function clickKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret)
  if (known) return known
  const raw = new TextEncoder().encode(secret)
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  if (keys.size >= MOST) keys.clear()
  keys.set(secret, key)
  return key
}
