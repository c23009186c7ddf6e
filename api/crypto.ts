/** Random and keyed values. WebCrypto only, so that workerd, Deno and Node agree. */

import { keyRing, secretOf, type KeyRing } from '#domain/base/key-ring.ts'

const encoder = new TextEncoder()

export function randomToken(bytes = 32): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(bytes)))
}

/** Whether a text can be one of `randomToken()`. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/** Six digits, each combination equally likely (values past the last whole multiple of a million are drawn again). */
export function randomCode(): string {
  const limit = Math.floor(0x1_0000_0000 / 1_000_000) * 1_000_000
  for (;;) {
    const value = crypto.getRandomValues(new Uint32Array(1))[0] ?? limit
    if (value < limit) return String(value % 1_000_000).padStart(6, '0')
  }
}

/** How opaque tokens are kept at rest: a dump of the database opens no session. */
export async function sha256Hex(value: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', encoder.encode(value)))
}

/** For values too short to be hashed alone, such as a six-digit code or a visitor's network. */
export async function keyedHash(secret: string, value: string): Promise<string> {
  return hex(await crypto.subtle.sign('HMAC', await hmacKey(secret), encoder.encode(value)))
}

/** Importing a key costs more than signing with it, and each click signs and hashes; a deployment has a handful of secrets. */
const hmacKeys = new Map<string, CryptoKey>()
const MOST_KEYS = 16

/** The key if it was imported before: without waiting, because a click counts microseconds. */
export function loadedHmacKey(secret: string): CryptoKey | undefined {
  return hmacKeys.get(secret)
}

export async function hmacKey(secret: string): Promise<CryptoKey> {
  const known = hmacKeys.get(secret)
  if (known) return known
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  if (hmacKeys.size >= MOST_KEYS) hmacKeys.clear()
  hmacKeys.set(secret, key)
  return key
}

/**
 * Compares without telling by its duration where two values differ. Both are hashes of equal length; what is empty or absent is no hash and
 * equals nothing, not even itself, so that a row without a secret is opened by nobody who brings none.
 */
export function sameHash(a: string | null, b: string | null): boolean {
  if (!a || !b || a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

/**
 * AES-GCM with a fresh nonce: for what must be readable later by us alone, such as a mail that holds a sign-in link. The name of the key stands in
 * front, before a dot. `setting` holds the keys that are valid (domain/base/key-ring.ts); the first one seals.
 */
export async function seal(setting: string, plain: string): Promise<string> {
  const [{ kid, secret }] = ringOf(setting)
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await sealKey(secret), encoder.encode(plain)))
  const all = new Uint8Array(nonce.length + sealed.length)
  all.set(nonce)
  all.set(sealed, nonce.length)
  return `${kid === null ? '' : `${kid}.`}${base64Url(all)}`
}

/** Throws for what none of these keys sealed. */
export async function unseal(setting: string, sealed: string): Promise<string> {
  const dot = sealed.indexOf('.')
  const key = secretOf(ringOf(setting), dot < 0 ? undefined : sealed.slice(0, dot))
  if (key === null) throw new Error('It was sealed with a key that is gone.')
  const text = sealed
    .slice(dot + 1)
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  const all = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: all.slice(0, 12) }, await sealKey(key), all.slice(12))
  return new TextDecoder().decode(plain)
}

/** A deployment has a handful of settings with keys, and each click reads one. */
const rings = new Map<string, KeyRing>()

export function ringOf(setting: string): KeyRing {
  const known = rings.get(setting)
  if (known) return known
  const ring = keyRing(setting)
  if (!ring) throw new Error('These are no keys.')
  if (rings.size >= MOST_KEYS) rings.clear()
  rings.set(setting, ring)
  return ring
}

async function sealKey(keyBase64: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(keyBase64), (character) => character.charCodeAt(0))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Bytes that one call takes as its arguments: a batch of mails has more than any call can have. */
const BYTES_AT_ONCE = 8_192

function base64Url(bytes: Uint8Array): string {
  let characters = ''
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) characters += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE))
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
