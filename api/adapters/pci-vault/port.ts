import type { Locale, Platform } from '#domain/base/enums.ts'

/**
 * What the rest of the product may ask of the card vault. The vault alone sees card numbers: we hold a token, and the vault
 * fills the number into a request template on its way to the processor.
 */

export type CaptureOrder = {
  /** Part of the card's identity at the vault (key user, token, reference); one per checkout or customer. */
  reference: string
  /** Whole minutes, 1 to 60. Anybody with the endpoint's secret can post to it until then, so keep it short. */
  ttlMinutes: number
  /** Told of the card once it is captured. `secret` comes back in a header and is the only proof of origin. */
  webhook: { url: string; secret: string; metadata: Record<string, string> }
  /** Which hosted form is shown: each site has its own, in each language. */
  site: Platform
  locale: Locale
}

export type Capture = {
  uniqueId: string
  /** Opens the endpoint; it belongs in `iframeUrl` and nowhere else. */
  secret: string
  /** Page of the vault for an iframe. It contains the secret: never log it, never send a referrer from it. */
  iframeUrl: string
  expiresAt: Date
}

/** A request for the processor in which `{{card_number}}` and its kind stand where the vault puts digits. */
export type RequestTemplate = {
  method: 'POST'
  url: string
  headers: Record<string, string>
  body: string
}

export type ProxyCharge = {
  token: string
  reference: string
  request: RequestTemplate
  webhook: { url: string; secret: string }
}

export interface CardVault {
  /** Opens a short-lived endpoint that turns one typed card into a token. Throws VaultRefused or VaultUnknown; either way it may be asked again. */
  createCapture(order: CaptureOrder): Promise<Capture>

  /** Closes an endpoint. One that is already gone counts as closed. Throws VaultRefused or VaultUnknown; safe to repeat. */
  deleteCapture(uniqueId: string): Promise<void>

  /**
   * Hands a request to the vault, which fills in the card and sends it on **once**. 'accepted' says only that it will be sent:
   * the processor's answer comes to `webhook`. Throws VaultRefused when it certainly was not and will not be sent, and
   * VaultUnknown when it may have been: then ask the processor, never charge again.
   */
  proxyCharge(order: ProxyCharge): Promise<'accepted'>

  /** True when address, login and key are right; for the health page. Never throws. */
  ping(): Promise<boolean>
}

export abstract class VaultError extends Error {
  /** HTTP status of the vault's answer, or null when there was none. */
  abstract readonly status: number | null
}

/** The vault answered that it did nothing. */
export class VaultRefused extends VaultError {
  override name = 'VaultRefused'
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/** The vault may or may not have acted: no answer, a time-out, a 5xx or an answer that makes no sense. */
export class VaultUnknown extends VaultError {
  override name = 'VaultUnknown'
  readonly status: number | null
  constructor(message: string, status: number | null) {
    super(message)
    this.status = status
  }
}
