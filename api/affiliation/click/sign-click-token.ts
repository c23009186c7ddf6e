import { headerOf, type KeyRing } from '#domain/base/key-ring.ts'
import { hmacKey, loadedHmacKey, ringOf } from '#api/crypto.ts'
import type { ClickClaims } from './click-claims.ts'

const encoder = new TextEncoder()
/**
 * Signs what a click proves, so that it can travel in the visitor's own URL: a JWS in its compact form (RFC 7515), put together by hand because
 * a library's builder costs more than everything else in a redirect. jose reads it, and a test holds the two to the same token. The first key of
 * `setting` signs, and its name stands in the header.
 */
export async function signClickToken(setting: string, claims: ClickClaims): Promise<string> {
  const ring = ringOf(setting)
  const [{ secret }] = ring
  const body = `${encodedHeader(ring)}.${base64Url(JSON.stringify(claims))}`
  const key = loadedHmacKey(secret) ?? (await hmacKey(secret))
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(body))
  return `${body}.${urlSafe(btoa(bytesAsText(new Uint8Array(signature))))}`
}

/** The header is the same for each token of a key. */
const headers = new WeakMap<KeyRing, string>()

function encodedHeader(ring: KeyRing): string {
  const known = headers.get(ring)
  if (known !== undefined) return known
  const header = base64Url(JSON.stringify(headerOf(ring[0])))
  headers.set(ring, header)
  return header
}

/** `btoa` reads one byte per character, and claims may hold any text: what is not ASCII takes more bytes than characters. */
function base64Url(text: string): string {
  const bytes = encoder.encode(text)
  return urlSafe(btoa(bytes.length === text.length ? text : bytesAsText(bytes)))
}

function bytesAsText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
