import type { Config } from '#api/config.ts'

/**
 * Two years over TLS, for the names below too (www among them). Without `preload`: that word asks browsers' makers to write it into their programs,
 * where it stays for months after one has changed one's mind, for every name below the domain (https://hstspreload.org/#removal).
 */
export const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains'

/**
 * What every page may load: our own files and sockets, and the vault's hosted card form in a frame. Nothing inline, nothing from a third party.
 * The checkout's address holds the capture's secret inside the frame's URL, therefore no referrer leaves any page.
 */
export function securityHeaders(config: Config, pathname: string): Readonly<Record<string, string>> {
  const onCheckout = pathname.startsWith('/pay/') || pathname.startsWith('/checkout/')
  const known = made.get(config) ?? { onCheckout: headersFor(config, true), elsewhere: headersFor(config, false) }
  made.set(config, known)
  return onCheckout ? known.onCheckout : known.elsewhere
}

/** They depend on the configuration alone, and every answer carries them. */
const made = new WeakMap<Config, Record<'onCheckout' | 'elsewhere', Readonly<Record<string, string>>>>()

function headersFor(config: Config, onCheckout: boolean): Readonly<Record<string, string>> {
  const vault = new URL(config.PCI_VAULT_BASE_URL).origin
  const secure = config.STAM_ORIGIN.startsWith('https:')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      `connect-src ${["'self'", ...roomsElsewhere(config)].join(' ')}`,
      // On every page, because moving to the checkout inside the SPA keeps the first document's policy.
      `frame-src ${vault}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "object-src 'none'",
      ...(secure ? ['upgrade-insecure-requests'] : []),
    ].join('; '),
    'referrer-policy': onCheckout ? 'no-referrer' : 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    ...(secure ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
  }
}

/** Rooms in the same Worker are reached at the site itself, and 'self' allows its sockets too (CSP 3; Chrome since 71, Safari since 16). */
function roomsElsewhere({ REALTIME_ORIGIN }: Config): string[] {
  return REALTIME_ORIGIN === undefined ? [] : [REALTIME_ORIGIN, REALTIME_ORIGIN.replace(/^http/, 'ws')]
}
