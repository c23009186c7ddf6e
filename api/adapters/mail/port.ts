/** One mail: the HTML part and a text part that says the same. */
export type MailContent = { subject: string; html: string; text: string }

export type Mail = MailContent & {
  to: string
  /** `Name <address>`, of the site that writes. */
  from: string
  /** The same for every try of the same mail: the provider delivers it once within a day. */
  idempotencyKey: string
}

export interface Mailer {
  /** Hands one mail to the provider. Throws MailUnavailable when trying again may help, MailRefused when it will not. */
  send(mail: Mail): Promise<void>
}

/** No answer, too many requests, or trouble at the provider's: send again later with the same key. */
export class MailUnavailable extends Error {
  override name = 'MailUnavailable'
  /** What the provider asked us to wait, if it said. */
  readonly retryAfterMs: number | null
  constructor(message: string, retryAfterMs: number | null) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

/** The provider will not send this mail: an impossible address, an unproven domain, a wrong key. */
export class MailRefused extends Error {
  override name = 'MailRefused'
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}
