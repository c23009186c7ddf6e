import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { BoundedMap } from '#dev/stand-ins/shared/bounded-map.ts'
import type { WebhookSender } from '#dev/stand-ins/shared/deliver.ts'
import { json, type Asked, type Told } from '#dev/stand-ins/shared/serve.ts'
import { CardStore } from './cards.ts'
import type { CardForm } from './form-settings.ts'

type StatusSpelling = 'status' | 'status_code' | 'alternate'

export type VaultSettings = {
  username: string
  password: string
  keyUser: string
  keyPassphrase: string
  /** How the charge webhook spells the processor's status; `alternate` changes with every delivery. */
  statusSpelling: StatusSpelling
  /** False for a vault that tells country and issuer to nobody, in case the name by which they are asked for is another. */
  knowsMetadata: boolean
  /** Before the proxy's second try, in ms; doubles. */
  proxyBackoffMs: number
  /** How long the proxy waits for the processor. */
  proxyTimeoutMs: number
  /** What a synchronous call waits for at most; the real one says 20 s. */
  synchronousLimitMs: number
}

type Webhook = { url: string; secret: string; metadata?: unknown }

export type CaptureEndpoint = {
  id: string
  secret: string
  reference: string
  expiresAt: Date | null
  webhook: Webhook | null
  /** Whether the webhook tells issuer and country; only who asked is told. */
  tellsMetadata: boolean
}

/** The stand-in's memory: endpoints, cards, and the one key's present passphrase. */
export class Vault {
  readonly settings: VaultSettings
  readonly sender: WebhookSender
  readonly now: () => Date
  readonly captures = new BoundedMap<string, CaptureEndpoint>(5000)
  readonly cards = new CardStore()
  /** Hosted forms that were configured, by their id. */
  readonly forms = new BoundedMap<string, CardForm>(500)
  #passphrase: string
  #answers = 0

  constructor(settings: VaultSettings, sender: WebhookSender, now: () => Date) {
    this.settings = settings
    this.sender = sender
    this.now = now
    this.#passphrase = settings.keyPassphrase
  }

  loginIsRight(asked: Asked): boolean {
    const { username, password } = this.settings
    return same(asked.headers['authorization'] ?? '', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`)
  }

  keyIsRight(query: URLSearchParams): boolean {
    return same(query.get('user') ?? '', this.settings.keyUser) && same(query.get('passphrase') ?? '', this.#passphrase)
  }

  rotate(passphrase: string): void {
    this.#passphrase = passphrase
  }

  /** An endpoint that exists and has not expired. */
  endpoint(id: string): CaptureEndpoint | null {
    const found = this.captures.get(id)
    if (found === undefined) return null
    return found.expiresAt !== null && found.expiresAt <= this.now() ? null : found
  }

  /** Both documented spellings of the processor's status. */
  statusField(status: number): Record<string, string | number> {
    const { statusSpelling } = this.settings
    this.#answers += 1
    const short = statusSpelling === 'status' || (statusSpelling === 'alternate' && this.#answers % 2 === 1)
    return short ? { status: String(status) } : { status_code: status }
  }
}

export const newSecret = (): string => randomBytes(48).toString('base64url')

/** Compares without telling by its duration how much was right. */
export function same(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export const failure = (status: number, error: string): Told => json(status, { error })
