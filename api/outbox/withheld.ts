import type { EmailMark } from '#domain/identity/email-state.ts'

/** The provider would deliver nothing to this address, so nothing was asked of it. The message is what the row says. */
export class Withheld extends Error {
  override name = 'Withheld'
  readonly email: string
  constructor(email: string, mark: EmailMark) {
    super(mark === 'complained' ? 'Withheld: its reader called a mail of ours spam.' : 'Withheld: mail to its address comes back.')
    this.email = email
  }
}
